import { version } from '@pulumi/cloudflare/package.json';
import { problem } from '../model/errors';
import { text } from '../model/reading';
import type { ProviderPackage } from '../model/resource-type';
import { dnsRecord } from './dns-record';
import { ruleset } from './ruleset';
import { zoneSetting } from './zone-setting';

/** Zones are on the free plan: what it does not have is refused. */
export const cloudflarePackage: ProviderPackage = {
  name: 'cloudflare',
  version,
  types: [dnsRecord, zoneSetting, ruleset],
  checkConfig: ({ values }) => {
    const token = text(values, 'apiToken');
    return token === undefined || /^[\w-]+$/.test(token)
      ? []
      : [problem('apiToken', 'API tokens must only contain characters a-z, A-Z, 0-9, hyphens and underscores')];
  },
};
