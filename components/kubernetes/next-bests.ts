import { splitRanges } from '../private-ranges';
import { edge } from '../../plan/nodes/workloads';
import type { Plan, ServicePlan } from '../../plan/types';
import { dataNextBests, poolers } from './data-next-bests';
import { scalingNextBests } from './scaling-next-bests';

/** What a plain cluster does in place of something that the plan asks for and it does not have. One sentence each. */
export function nextBests(plan: Plan): string[] {
  return [
    ...plan.services.flatMap(limits),
    ...ownAlerts(plan),
    ...ownPlace(plan),
    ...stores(plan),
    ...dataNextBests(plan),
    ...scalingNextBests(plan),
  ];
}

/**
 * The same of a cluster that a cloud makes.
 *
 * @param proven whether its own issuer can show that the domain is ours
 * @param cacheByIdentity whether the cloud's cache asks for an identity, which nothing that watches it has
 */
export function managedClusterNextBests(plan: Plan, proven: boolean, cacheByIdentity = false): string[] {
  return [
    ...plan.services.flatMap(limits),
    ...poolers(plan),
    ...madeAlerts(plan),
    ...givenIssuer(plan, proven),
    ...scalingNextBests(plan, cacheByIdentity),
  ];
}

/** `setting` holds the ranges that may reach the control plane. Every cluster is spoken to by whoever runs `up`. */
export function privateControlPlane(setting: string, cidrs: string[]): string[] {
  if (splitRanges(cidrs).outside.length > 0) return [];
  return [
    'The control plane of each cluster answers inside the network alone: `up` must be run from there, or from a private ' +
      `range in ${setting}. For a network that is only being made, name the address that you come from in ${setting}.`,
  ];
}

function ownAlerts({ accounts, alerts }: Plan): string[] {
  if (accounts.kubernetes.monitoring || alerts.length === 0) return [];
  return [
    'No alerts and no dashboard are made in the cluster: set kubernetes.monitoring where the Prometheus operator is installed.',
  ];
}

function madeAlerts({ accounts, alerts, cluster }: Plan): string[] {
  if (alerts.length === 0) return [];
  return [
    accounts.kubernetes.monitoring
      ? 'Alerts end at the Alertmanager of the cluster, which tells nobody yet: who is told is said by an ' +
        `AlertmanagerConfig in the namespace ${cluster?.namespace}, with a mail server or a receiver of yours.`
      : 'No alerts and no dashboard are made in the cluster: set kubernetes.monitoring, and Prometheus comes with them.',
  ];
}

/** The cluster is new: what the issuer's name stands for on another one is not there. */
function givenIssuer({ accounts, domain }: Plan, proven: boolean): string[] {
  const { certificateIssuer, tlsSecretName } = accounts.kubernetes;
  if (proven || tlsSecretName !== undefined || certificateIssuer === undefined) return [];
  return [
    `Nothing here can prove ${domain.name}: the ClusterIssuer ${certificateIssuer} is yours to put on the cluster when it ` +
      'is there. Until then the edge has no certificate, and `up` waits for it.',
  ];
}

function limits({ name, rateLimit }: ServicePlan): string[] {
  if (!rateLimit) return [];
  const { requests, windowSeconds, burst, status } = rateLimit;
  const { min, max } = edge.capacity;
  return [
    `${name}: each of the ${min} to ${max} nginx replicas counts for itself: ${requests} requests per ${windowSeconds} s and client ` +
      `address with a burst of ${burst}, answered with ${status} above it. A client that reaches all of them gets as many times that.`,
  ];
}

function ownPlace({ domain, budget }: Plan): string[] {
  return [
    `The record of ${domain.name} is yours to make, unless external-dns runs in the cluster: point it at the address of the edge's Service.`,
    `No budget of ${budget.monthlyUsd} USD is watched: a cluster knows no bill.`,
    'A cluster is one region: for a second one, bring a second stack up on a second cluster.',
  ];
}

function stores({ objectStores, contentDelivery, cache, accounts }: Plan): string[] {
  const { objectStore } = accounts.kubernetes;
  const found: string[] = [];
  if (objectStores.length > 0) {
    const names = objectStores.map(({ name }) => name);
    found.push(
      objectStore
        ? `The buckets ${names.map((name) => `${objectStore.bucketPrefix}-${name}`).join(', ')} at ${objectStore.endpoint} are yours to make.`
        : `There is no object store for ${names.join(', ')}: name one in kubernetes.objectStore.`,
    );
  }
  if (contentDelivery) found.push('There is no CDN in a cluster: put one in front of the object store.');
  if (cache) {
    found.push(
      'The cache speaks no TLS, and nothing makes snapshots of it: a password and a NetworkPolicy keep others out, its volumes keep its keys.',
    );
    if (cache.shards < 3) {
      found.push(
        'A cache of fewer than three shards elects nobody when a primary is lost: its keys are back when its pod is.',
      );
    }
  }
  return found;
}
