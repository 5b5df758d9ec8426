import type { Cloud } from '../../model/cloud';

/** Projects that publish images for everybody. */
const publishers = [
  'debian-cloud',
  'ubuntu-os-cloud',
  'ubuntu-os-pro-cloud',
  'cos-cloud',
  'rocky-linux-cloud',
  'rhel-cloud',
  'centos-cloud',
  'suse-cloud',
  'fedora-coreos-cloud',
];

const form =
  /^(?:https:\/\/(?:www|compute)\.googleapis\.com\/compute\/(?:v1|beta)\/)?(?:projects\/)?([^/]+)\/(?:global\/images\/)?(?:family\/)?([^/]+)$/;

/** Whether an image is there: a publisher's, or one that was declared to exist. */
export function imageExists(image: string, cloud: Cloud): boolean {
  if (cloud.store.existing().includes(image)) return true;
  const [, project] = form.exec(image) ?? [];
  return project === undefined ? /^(debian|ubuntu|cos|rocky|rhel|centos)-/.test(image) : publishers.includes(project);
}
