import type { Settings } from '../stacks/config/settings';
import type { Accounts } from './accounts';
import type { StoresMemory } from './memory';
import type { CloudName } from './vocabulary';

/** What configuration said when stores were last up, beside their numbers: another word of it would make other stores. */
export interface StoreSettings {
  atlasOrganizationId?: string;
  atlasProjectId?: string;
  /** Whether `databaseUrl` named a database that was there already: none was made. */
  databaseUrl: boolean;
  /** The part of the cloud's own section that stores are shaped by. */
  account: Partial<Accounts[CloudName]>;
}

/**
 * What stores are shaped by in each cloud's section. How a cloud is reached is not among it (a context of the kubeconfig,
 * an account's id): that stays what configuration says.
 */
const shaping: { [K in CloudName]: readonly (keyof Accounts[K])[] } = {
  aws: ['network', 'databaseSecretId', 'adoptDatabase'],
  gcp: ['projectId', 'databaseSecretId', 'adoptDatabase'],
  digitalocean: ['databaseSecretId', 'adoptDatabase'],
  kubernetes: ['storageClass', 'objectStore', 'databaseSecretId'],
};

/** What is to be remembered of a configuration for the stores of its cloud. */
export function storeSettings({
  cloud,
  accounts,
  atlasOrganizationId,
  atlasProjectId,
  given,
}: Settings): StoreSettings {
  const account = Object.fromEntries(Object.entries(accounts[cloud]).filter(([key]) => shapes(cloud, key)));
  return { atlasOrganizationId, atlasProjectId, databaseUrl: given.databaseUrl, account };
}

/** A configuration as it was for the stores of a cloud that the stack has left; what was not remembered is as it is now. */
export function asTheyWere(settings: Settings, cloud: CloudName, { settings: then }: StoresMemory): Partial<Settings> {
  if (!then) return {};
  const { account, databaseUrl, ...atlas } = then;
  const now = Object.entries(settings.accounts[cloud]).filter(([key]) => !shapes(cloud, key));
  return {
    atlasOrganizationId: atlas.atlasOrganizationId,
    atlasProjectId: atlas.atlasProjectId,
    given: { ...settings.given, databaseUrl },
    accounts: { ...settings.accounts, [cloud]: { ...Object.fromEntries(now), ...account } },
  };
}

function shapes(cloud: CloudName, key: string): boolean {
  return (shaping[cloud] as readonly string[]).includes(key);
}
