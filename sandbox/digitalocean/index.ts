import { version } from '@pulumi/digitalocean/package.json';
import type { ProviderPackage } from '../model/resource-type';
import { databases } from './databases';
import { domains } from './domains';
import { droplets } from './droplets';
import { functions } from './functions';
import { kubernetes } from './kubernetes';
import { loadBalancer } from './load-balancer';
import { network } from './network';
import { operations } from './operations';
import { spaces } from './spaces';

/** Regions are plain inputs here, and each resource says for itself what a move means. */
export const digitaloceanPackage: ProviderPackage = {
  name: 'digitalocean',
  version,
  functions,
  types: [...network, ...droplets, loadBalancer, ...domains, ...databases, ...spaces, ...operations, ...kubernetes],
};
