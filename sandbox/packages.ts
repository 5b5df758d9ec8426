import { awsPackage } from './aws';
import { cloudflarePackage } from './cloudflare';
import { digitaloceanPackage } from './digitalocean';
import { gcpPackage } from './gcp';
import { kubernetesPackage } from './kubernetes';
import type { ProviderPackage, ResourceType } from './model/resource-type';
import { atlasPackage } from './mongodbatlas';
import { randomPackage } from './random';

/** Every type of a package with regions can be moved only by replacing it. */
function withRegion(pkg: ProviderPackage): ProviderPackage {
  if (!pkg.regional) return pkg;
  const types = pkg.types.map((type) =>
    type.global
      ? type
      : { ...type, replaceOn: [...type.replaceOn, 'region'], keeps: [...(type.keeps ?? []), 'region'] },
  );
  return { ...pkg, types };
}

/** The providers that the sandbox stands in for: a folder each. */
export const packages: ProviderPackage[] = [
  awsPackage,
  gcpPackage,
  digitaloceanPackage,
  kubernetesPackage,
  atlasPackage,
  cloudflarePackage,
  randomPackage,
].map(withRegion);

const byToken = new Map(packages.flatMap((pkg) => pkg.types).map((type) => [type.token, type]));

export const typeOf = (token: string): ResourceType | undefined => byToken.get(token);
