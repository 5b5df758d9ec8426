import { checks } from './checks';
import { computeOf, placesOn } from './checks/place';
import { Draft, type Systems } from './draft';
import type { RawConfig } from './raw';
import type { Settings } from './settings';

/** A configuration with all that the schema and the checks across keys have found. */
export function checkedDraft(raw: RawConfig, systems: Systems): Draft {
  const draft = new Draft(raw, systems);
  for (const check of checks) check(draft);
  return draft;
}

/**
 * The settings of a draft. Where it has faults, of one whose plan can be made all the same (`isPlannable`): what is wrong
 * of the rest is empty.
 */
export function settingsOf(draft: Draft): Settings {
  // What a plan is shaped by is right, so every such key that must be there is there.
  const sure = <T>(value: T | undefined): T => value as T;
  const system = sure(draft.get('system'));
  const cloud = sure(draft.get('cloud'));
  return {
    system,
    phase: sure(draft.get('phase')),
    environment: sure(draft.get('environment')),
    cloud,
    compute: sure(computeOf(draft)),
    regions: placesOn(draft, cloud, 'regions').value,
    zones: placesOn(draft, cloud, 'zones').value,
    images: draft.get('images') ?? {},
    domain: draft.get('domain') ?? '',
    contentDomain: draft.get('contentDomain'),
    contentPublicKey: draft.get('contentPublicKey'),
    alertEmails: draft.get('alertEmails') ?? [],
    budget: draft.get('budget'),
    cidr: draft.get('cidr') ?? '',
    atlasOrganizationId: draft.get('atlasOrganizationId'),
    atlasProjectId: draft.get('atlasProjectId'),
    databasePort: draft.get('databasePort'),
    accounts: {
      aws: sure(draft.get('aws')),
      gcp: sure(draft.get('gcp')),
      digitalocean: sure(draft.get('digitalocean')),
      kubernetes: sure(draft.get('kubernetes')),
    },
    keep: sure(draft.get('keep')),
    discardStores: sure(draft.get('discardStores')),
    cloudflare: draft.get('cloudflare'),
    offHours: draft.get('offHours'),
    overrides: sure(draft.get('overrides')),
    owner: draft.get('owner') ?? system,
    costCenter: draft.get('costCenter') ?? system,
    reached: draft.get('reached'),
    // The values stay with Pulumi: nothing after this knows more than their names.
    secretNames: Object.keys(draft.get('secrets') ?? {}),
    given: {
      databaseUrl: draft.get('databaseUrl') !== undefined,
      registryCredentials: draft.get('registryCredentials') !== undefined,
      kubeconfig: draft.get('kubeconfig') !== undefined,
      dnsToken: draft.get('dnsToken') !== undefined,
      cloudflareToken: draft.get('cloudflareToken') !== undefined,
    },
  };
}
