import { inProd } from '../../context';
import { type Container, eachContainer, inContainer } from '../../kubernetes/containers';
import { running, workloads } from '../../kubernetes/objects';
import type { Resource, ResourceRule } from '../../rule';
import { unpinned } from '../../user-data';
import { at, present, show } from '../../values';

const common = { severity: 'mandatory', scope: 'resource' } as const;

export const resources: ResourceRule = {
  ...common,
  id: 'k8s-resources',
  title: 'A container asks for CPU and memory, and has a memory limit',
  why: 'Without requests the scheduler packs a node until it starves; without a limit one leak takes the node down.',
  mend: 'Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.',
  controls: ['Checkov CKV_K8S_10', 'Checkov CKV_K8S_11', 'Checkov CKV_K8S_12', 'Checkov CKV_K8S_13'],
  types: workloads,
  check: (workload) =>
    eachContainer(workload, { init: true }, (container) =>
      ['resources.requests.cpu', 'resources.requests.memory', 'resources.limits.memory'].map((path) =>
        inContainer(container, path, (amount) => (present(amount) ? undefined : `${path} is not set`)),
      ),
    ),
};

export const probes: ResourceRule = {
  ...common,
  id: 'k8s-probes',
  title: 'A container that keeps running has a readiness and a liveness probe, but for workers, whom nobody asks',
  why: 'Without the first it gets requests before it can answer them; without the second a hung one stays in service.',
  mend: "Set readinessProbe and livenessProbe to the service's own health path.",
  controls: ['Checkov CKV_K8S_8', 'Checkov CKV_K8S_9', 'kube-score pod-probes'],
  types: running,
  check: (workload) =>
    eachContainer(workload, { init: false }, (container) =>
      answersNobody(workload, container)
        ? []
        : ['readinessProbe', 'livenessProbe'].map((probe) =>
            inContainer(container, probe, (value) => (present(value) ? undefined : `it has no ${probe}`)),
          ),
    ),
};

/** A worker takes jobs and no requests: a probe could only ask whether its process is there, which Kubernetes knows. */
function answersNobody(workload: Resource, container: Container): boolean {
  const labels = at(workload.props, 'metadata.labels');
  const worker =
    typeof labels === 'object' && labels !== null && !Array.isArray(labels) && labels[component] === 'worker';
  return worker && !present(at(container.value, 'ports'));
}

const component = 'app.kubernetes.io/component';

export const imageTag: ResourceRule = {
  ...common,
  id: 'k8s-image-pinned',
  title: 'An image has a tag that is not latest; in prod one that names a release',
  why: 'A tag that moves cannot be rolled back, and two pods of a Deployment may run two versions.',
  mend: 'Set images.<service> to a release, e.g. registry.example.com/app:1.4.2, or to a digest (@sha256:...).',
  controls: ['Checkov CKV_K8S_14', 'kube-linter latest-tag'],
  types: workloads,
  check: (workload, context) =>
    eachContainer(workload, { init: true }, (container) => [
      inContainer(container, 'image', (image) => {
        const problem = unpinned(image);
        if (problem === undefined) return undefined;
        return context.environment === 'prod' || /latest/.test(problem)
          ? `the image ${show(image)} ${problem}`
          : undefined;
      }),
    ]),
};

export const imageDigest: ResourceRule = {
  ...common,
  id: 'k8s-image-digest',
  title: 'An image in prod is named by its digest',
  why: 'A registry can move any tag, also one that names a release; a digest is the image itself.',
  mend: 'Set images.<service> to the image with its digest: registry.example.com/app:1.4.2@sha256:... Images of ours have a release as their tag.',
  severity: 'advisory',
  controls: ['Checkov CKV_K8S_43'],
  types: workloads,
  where: inProd,
  check: (workload) =>
    eachContainer(workload, { init: true }, (container) => [
      inContainer(container, 'image', (image) =>
        typeof image === 'string' && /@sha256:[0-9a-f]{64}$/.test(image)
          ? undefined
          : `the image ${show(image)} has no digest`,
      ),
    ]),
};

export const containerRules = [resources, probes, imageTag, imageDigest];
