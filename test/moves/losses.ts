import type { RecordedResource } from '../../cli/offline/recorder';
import type { Value } from '../../sandbox/model/values';
import { typeOf } from '../../sandbox/packages';
import { changesOf, printPath, type Differing } from '../../sandbox/server/diff';
import { kindOf } from '../../sandbox/kubernetes/kind';
import { replacing } from '../../sandbox/kubernetes/replacement';
import { isStore } from '../engine/stores';

/** What stores stand on: gone or made anew, it takes them along. */
const ground =
  /^(?:aws:ec2\/(?:vpc|subnet):|aws:(?:elasticache|rds)\/subnetGroup:|gcp:compute\/(?:network|subnetwork):|gcp:servicenetworking\/connection:|kubernetes:core\/v1:(?:Namespace|PersistentVolumeClaim)$)/;

type Inputs = Record<string, Value>;

/** What an update would do to stores, and to what they stand on, that loses them: in words, one each. */
export function lossesBetween(before: readonly RecordedResource[], after: readonly RecordedResource[]): string[] {
  const now = new Map(after.map((resource) => [resource.urn, resource]));
  return before
    .filter((one) => one.custom && (isKept(one) || one.protect))
    .flatMap((was) => {
      const is = now.get(was.urn);
      if (!is) return [`${was.type} ${was.name} is gone${was.protect ? ', and protected' : ''}`];
      const why = [...replacedBy(was, is), ...(was.provider === is.provider ? [] : ['provider'])];
      return why.length === 0 ? [] : [`${was.type} ${was.name} is replaced: ${why.join(', ')}`];
    });
}

function isKept({ type, name, inputs }: RecordedResource): boolean {
  // Of addresses the range that a network's private services have, not that of a balancer.
  if (type === 'gcp:compute/globalAddress:GlobalAddress') return inputs.purpose === 'VPC_PEERING';
  // A password with another owner is made anew on purpose: the database is given it, or keeps the one that it has.
  if (type === 'random:index/randomPassword:RandomPassword') return inputs.keepers === undefined;
  // Clusters of the clouds hold services alone: their stores are the cloud's.
  if (type === 'kubernetes:core/v1:Namespace' && /-(?:gke|eks|doks)-/.test(name)) return false;
  // A reader of RDS has nothing that its primary has not.
  return (isStore(type) && inputs.replicateSourceDb === undefined) || ground.test(type);
}

/** Inputs whose change makes another resource of it, by the table that the sandbox replaces by. */
function replacedBy(was: RecordedResource, is: RecordedResource): string[] {
  const [olds, news] = [was, is].map(({ inputs }) => without(inputs, is.ignoreChanges)) as [Inputs, Inputs];
  const type = rulesOf(is.type, news);
  const rules = { ...type, replaceOn: [...type.replaceOn, ...is.replaceOnChanges] };
  return changesOf(rules, olds, news)
    .filter(({ replaces }) => replaces)
    .map(({ path }) => printPath(path));
}

function rulesOf(token: string, news: Inputs): Differing {
  if (!token.startsWith('kubernetes:')) return typeOf(token) ?? { replaceOn: [] };
  return { replaceOn: replacing(kindOf(token), news, { secrets: true, configMaps: true }) };
}

function without(inputs: Record<string, unknown>, ignored: readonly string[]): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !ignored.includes(name))) as Inputs;
}
