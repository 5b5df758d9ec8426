import type { Plan, ServicePlan } from '../../plan/types';
import type { Compute } from '../../plan/vocabulary';
import { managedClusterNextBests, privateControlPlane } from '../kubernetes/next-bests';
import { mostChannels } from './budget/monthly-budget';
import { longestRequestSeconds } from './entry/service-entry';
import { ofBroker, ofRelationalDatabase } from './next-bests-stores';
import { ofOffHours, ofRouting, ofScaling, ofWorker } from './next-bests-work';

/** What Google Cloud does in place of something that a guide or the plan asks for and it does not have. One sentence each. */
export function nextBests(plan: Plan): string[] {
  return [
    ...ofServices[plan.compute](plan),
    ...ofRelationalDatabase(plan),
    ...ofCache(plan),
    ...ofBroker(plan),
    ...ofStores(plan),
    ...ofContent(plan),
    ...ofRegistries(plan),
    ...ofBudget(plan),
    ...ofDns(plan),
  ];
}

/** A cluster has an edge of its own in front: nginx. */
const ofServices: Record<Compute, (plan: Plan) => string[]> = {
  instances: (plan) => [
    ...plan.services.flatMap((service) => [
      ...ofRateLimit(service),
      ofIdleTimeout(service),
      ...ofScaling(service),
      ...ofRouting(service),
    ]),
    ...plan.workers.flatMap(ofWorker),
    ...ofOffHours(plan),
  ],
  kubernetes: (plan) => [
    ...managedClusterNextBests(plan, plan.accounts.gcp.dnsZone !== undefined, true),
    ...privateControlPlane('gcp.controlPlaneCidrs', plan.accounts.gcp.controlPlaneCidrs),
  ],
};

function ofRateLimit({ name, rateLimit }: ServicePlan): string[] {
  if (!rateLimit) return [];
  const { requests, windowSeconds, burst, status } = rateLimit;
  return [
    `${name}: at most ${requests} requests per ${windowSeconds} s and client address, answered with ${status} above it. ` +
      `The guide's burst of ${burst} is nginx's alone: Cloud Armor counts in windows, in each region by itself, and has none.`,
  ];
}

function ofIdleTimeout({ name, idleTimeoutSeconds }: ServicePlan): string {
  return (
    `${name}: the balancer closes a connection that is idle for ${idleTimeoutSeconds} s between requests. A request has no ` +
    `idle timeout: it may take ${longestRequestSeconds} s in all, and a WebSocket is cut at that age, so clients must reconnect.`
  );
}

function ofCache({ cache, services }: Plan): string[] {
  if (!cache) return [];
  const variables = services.flatMap(({ connections }) => connections.cache ?? []);
  return [
    `Cache: Memorystore for Valkey has no password of one's own. ${variables.join(', ') || 'The URL'} holds none: the ` +
      "application's client gives an access token of its service account as the password (IAM authentication).",
  ];
}

function ofStores({ objectStores }: Plan): string[] {
  if (objectStores.length === 0) return [];
  return [
    "Object stores are Cloud Storage's: the application uses Google's client, or an S3 client with " +
      'https://storage.googleapis.com and an HMAC key.',
  ];
}

function ofContent({ contentDelivery }: Plan): string[] {
  if (!contentDelivery) return [];
  const kept = contentDelivery.origins.map(
    ({ pathPattern, maxAgeSeconds }) =>
      `CDN: ${pathPattern} is kept at the edge for ${maxAgeSeconds} s whatever an object's own Cache-Control says, for the bucket is closed to the world.`,
  );
  if (!contentDelivery.origins.some(({ signed }) => signed)) return kept;
  return [
    ...kept,
    'CDN: Cloud CDN signs URLs with one key on both sides and knows no public keys, so contentPublicKey is not used. The ' +
      'application signs with CONTENT_SIGNING_KEY (HMAC-SHA1, base64url) and names CONTENT_SIGNING_KEY_NAME.',
  ];
}

/** A cluster has a pull secret of them. */
const usesRegistryCredentials: Record<Compute, boolean> = { instances: false, kubernetes: true };

function ofRegistries({ compute, given }: Plan): string[] {
  if (!given.registryCredentials || usesRegistryCredentials[compute]) return [];
  return [
    'registryCredentials is not used: instances pull from Artifact Registry by their own identity, or from a public registry.',
  ];
}

function ofBudget({ accounts, alertEmails }: Plan): string[] {
  if (accounts.gcp.billingAccountId === undefined) {
    return ['There is no budget: gcp.billingAccountId is not set, and a budget belongs to a billing account.'];
  }
  const left = alertEmails.slice(mostChannels);
  if (left.length === 0) return [];
  return [
    `Budget: Google lets it tell ${mostChannels} addresses, and the administrators of the billing account. Not told: ${left.join(', ')}.`,
  ];
}

function ofDns({ accounts, domain, frontDoor }: Plan): string[] {
  if (accounts.gcp.dnsZone !== undefined || frontDoor) return [];
  return [
    `DNS: gcp.dnsZone is not set. Make records for ${domain.name} and ${domain.contentName} yourself; their ` +
      'certificates are issued once the names lead to their addresses.',
  ];
}
