import { allocatableOf } from '../../../plan/nodes/machines';
import { kubernetesVersions } from '../../../plan/cluster';
import type { CloudName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { exampleOf, removeCommand } from '../path';
import { isGiven } from './parts';
import { computeOf, placeOf } from './place';

/** Whether the cluster is made here, and its version with it. A plain one is somebody else's. */
const makesCluster: Record<CloudName, boolean> = { aws: true, gcp: true, digitalocean: true, kubernetes: false };

/** What stands for a machine type in a message. */
const machineAllowed =
  'a machine type of the cloud whose room for pods is known, such as t3.large on aws, e2-standard-4 on gcp, s-4vcpu-8gb on digitalocean; 4 vCPU / 16 GiB on plain kubernetes';

/** A cluster is there to be sized only where services are pods; its numbers go together. */
export function checkCluster(draft: Draft): void {
  const place = placeOf(draft);
  const compute = computeOf(draft);
  if (!place || !compute) return;
  const path = ['overrides', 'cluster'];
  if (compute === 'instances') {
    if (!isGiven(draft, path)) return;
    const problem = 'is given, and services run on instances, without a cluster';
    draft.findInstead({ path, problem, allowed: 'nothing', mend: removeCommand(path) });
    return;
  }
  const cluster = draft.get('overrides')?.cluster;
  if (!cluster) return;
  const { machine, minNodes, maxNodes, version } = cluster;
  if (machine !== undefined && !allocatableOf(place.cloud, machine)) {
    const usual = Object.values(place.system.clusterNodes[place.cloud]);
    const close = nearest(machine, usual);
    const problem = `is not a machine of ${place.cloud} whose room for pods is known`;
    const at = [...path, 'machine'];
    draft.find({ path: at, problem, allowed: machineAllowed, nearest: close, mend: exampleOf(at, close, usual) });
  }
  if (version !== undefined && !makesCluster[place.cloud]) {
    const problem = 'is given, and the cluster is there already, with a version of its own';
    const mend = removeCommand([...path, 'version']);
    draft.find({ path: [...path, 'version'], problem, allowed: 'nothing', mend });
  } else if (version !== undefined && !kubernetesVersions.includes(version) && !draft.isFaulty(...path, 'version')) {
    const allowed = kubernetesVersions.join(', ');
    const close = nearest(version, kubernetesVersions);
    draft.find({
      path: [...path, 'version'],
      problem: 'is no version that clusters are made of',
      allowed,
      nearest: close,
    });
  }
  if (minNodes === undefined || maxNodes === undefined || minNodes <= maxNodes) return;
  const told = draft.secretKeys.has('overrides') ? '' : `, which is ${minNodes}`;
  draft.find({ path: [...path, 'maxNodes'], problem: `is below minNodes${told}`, nearest: String(minNodes) });
}
