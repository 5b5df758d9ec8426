import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { flag, list, text } from '../model/reading';
import type { PackageConfig } from '../model/resource-type';
import { isBag, type Bag, type Value } from '../model/values';
import type { Mutable } from './replacement';

/** Names a kubeconfig for stacks that give none: theirs is the ambient one, which is somebody's real cluster. */
export const KUBECONFIG_OPTION = 'LADDER_SANDBOX_KUBECONFIG';

/** How to reach an API server. */
export interface Access {
  server: URL;
  /** PEM. */
  authority?: string;
  certificate?: string;
  key?: string;
  token?: string;
}

/** The cluster that a provider's configuration means. */
export interface ClusterConfig {
  /** Tells one cluster from another: each has its own part of the store. */
  space: string;
  /** Of the API server; empty where no kubeconfig says it. */
  server: string;
  /** Where objects without a namespace go. */
  namespace: string;
  mutable: Mutable;
  /** Whether an object that exists already may be taken over. */
  upsert: boolean;
  /** Given where a real API server is to be used: one on this machine. */
  access?: Access;
}

/** @throws Error for a kubeconfig that cannot be read, or that has no such context */
export function clusterOf(config: PackageConfig): ClusterConfig {
  const { values } = config;
  const found = kubeconfigOf(values.kubeconfig ?? process.env[KUBECONFIG_OPTION]);
  const context = found && contextOf(found.content, values);
  const server = text(context?.cluster, 'server') ?? '';
  return {
    space: text(values, 'clusterIdentifier') ?? (server === '' ? 'default' : server),
    server,
    namespace: text(values, 'namespace') ?? text(context?.context, 'namespace') ?? 'default',
    mutable: {
      secrets: flag(values, 'enableSecretMutable') ?? false,
      configMaps: flag(values, 'enableConfigMapMutable') ?? false,
    },
    upsert: flag(values, 'upsertExistingObjects') ?? false,
    access: found && context && isHere(server) ? accessOf(server, context, found.folder) : undefined,
  };
}

/** Only what runs on this machine is ever called: the sandbox touches nobody's cluster. */
export function isHere(server: string): boolean {
  if (!URL.canParse(server)) return false;
  const { hostname } = new URL(server);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

interface Context {
  context: Value;
  cluster: Value;
  user: Value;
}

function kubeconfigOf(given: Value | undefined): { content: Value; folder: string } | undefined {
  if (isBag(given)) return { content: given, folder: '.' };
  if (typeof given !== 'string' || given.trim() === '') return undefined;
  const file = resolve(given.replace(/^~(?=\/)/, homedir()));
  const isFile = !given.includes('\n') && existsSync(file);
  const content = parse(isFile ? readFileSync(file, 'utf8') : given) as Value;
  if (!isBag(content)) throw new Error('the kubeconfig is neither a file that exists nor the content of one');
  return { content, folder: isFile ? dirname(file) : '.' };
}

function contextOf(kubeconfig: Value, values: Bag): Context {
  const named = (kind: string, name: string | undefined): Value | undefined =>
    list(kubeconfig, kind).find((item) => text(item, 'name') === name);
  const name = text(values, 'context') ?? text(kubeconfig, 'current-context');
  const context = named('contexts', name);
  if (!isBag(context)) throw new Error(`the kubeconfig has no context ${name ?? ''}`.trim());
  const cluster = named('clusters', text(values, 'cluster') ?? text(context, 'context.cluster'));
  const user = named('users', text(context, 'context.user'));
  const inside = (item: Value | undefined, key: string): Value => (isBag(item) ? (item[key] ?? {}) : {});
  return { context: inside(context, 'context'), cluster: inside(cluster, 'cluster'), user: inside(user, 'user') };
}

function accessOf(server: string, { cluster, user }: Context, folder: string): Access {
  /** Given in the file itself as base64, or as another file's name. */
  const pem = (holder: Value, key: string): string | undefined => {
    const data = text(holder, `${key}-data`);
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
    const file = text(holder, key);
    return file === undefined ? undefined : readFileSync(resolve(folder, file), 'utf8');
  };
  return {
    server: new URL(server),
    authority: pem(cluster, 'certificate-authority'),
    certificate: pem(user, 'client-certificate'),
    key: pem(user, 'client-key'),
    token: text(user, 'token'),
  };
}
