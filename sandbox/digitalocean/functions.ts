import type { Cloud } from '../model/cloud';
import { text } from '../model/reading';
import type { Bag } from '../model/values';
import { kubernetesVersions } from './kubernetes';
import { ocean } from './parts';

const token = (name: string): string => `digitalocean:index/${name}:${name}`;

function getKubernetesVersions(args: Bag): Bag {
  const prefix = text(args, 'versionPrefix');
  const validVersions = kubernetesVersions.filter((version) => prefix === undefined || version.startsWith(prefix));
  return {
    id: 'versions',
    latestVersion: validVersions[0] ?? '',
    validVersions,
    ...(prefix !== undefined && { versionPrefix: prefix }),
  };
}

function getLoadBalancer(args: Bag, cloud: Cloud): Bag {
  const [id, name] = [text(args, 'id'), text(args, 'name')];
  const found = cloud
    .all(ocean('LoadBalancer'))
    .find((one) => one.id === id || (name !== undefined && text(one.inputs, 'name') === name));
  if (!found) throw new Error(`load balancer not found: ${id ?? name}`);
  return { ...found.inputs, ...found.state, id: found.id };
}

export const functions: Record<string, (args: Bag, cloud: Cloud) => Bag> = {
  [token('getKubernetesVersions')]: getKubernetesVersions,
  [token('getLoadBalancer')]: getLoadBalancer,
};
