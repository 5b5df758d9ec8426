import { fail, inspect, type Judgement, pass, unknown } from '../../judge';
import type { Resource, ResourceRule } from '../../rule';
import { at, flag, list, present, show, text, type Unknown, UNKNOWN, type Value } from '../../values';

const firewall = ['gcp:compute/firewall:Firewall'];
const subnetwork = ['gcp:compute/subnetwork:Subnetwork'];
const common = { severity: 'mandatory', scope: 'resource' } as const;

/** Whether a firewall lets the whole internet in. Without any source Google takes 0.0.0.0/0. */
function openToWorld(resource: Resource): boolean | Unknown {
  const { direction, disabled, allows, sourceRanges, sourceTags, sourceServiceAccounts } = resource.props;
  if (direction === 'EGRESS' || flag(disabled) || !present(allows)) return false;
  const ranges = list(sourceRanges);
  if (ranges.some((range) => typeof range === 'string' && /\/0$/.test(range.trim()))) return true;
  const deciding: Value[] = [direction, disabled, sourceRanges, ...ranges];
  if (deciding.includes(UNKNOWN)) return UNKNOWN;
  return !present(sourceRanges) && !present(sourceTags) && !present(sourceServiceAccounts);
}

export const noAdminPorts: ResourceRule = {
  ...common,
  id: 'gcp-firewall-no-admin-ports',
  title: 'A firewall never opens SSH or RDP to the internet',
  why: 'They are tried by robots within minutes of being open.',
  mend: 'Remove the rule; Identity-Aware Proxy opens a session from 35.235.240.0/20 without an open port.',
  controls: ['Checkov CKV_GCP_2', 'Checkov CKV_GCP_3', 'CIS GCP 3.6', 'CIS GCP 3.7'],
  types: firewall,
  check(resource): Judgement[] {
    const open = openToWorld(resource);
    if (open !== true) return [open === false ? pass : unknown('sourceRanges')];
    return list(resource.props.allows).map((allow) => {
      const protocol = at(allow, 'protocol');
      const ports = at(allow, 'ports');
      if (protocol === UNKNOWN || ports === UNKNOWN || list(ports).includes(UNKNOWN)) return unknown('allows');
      const port = [22, 3389].find((admin) => opens(text(protocol), list(ports).map(text), admin));
      return port === undefined ? pass : fail(`port ${port} is open to the internet`);
    });
  },
};

/** No ports are all ports; `all` is every protocol, 6 is TCP. */
function opens(protocol: string, ports: string[], port: number): boolean {
  if (!['tcp', 'all', '6'].includes(protocol.toLowerCase())) return false;
  return (
    ports.length === 0 ||
    ports.some((range) => {
      const [from, to] = range.split('-').map(Number);
      return from !== undefined && from <= port && port <= (to ?? from);
    })
  );
}

export const noWorld: ResourceRule = {
  ...common,
  id: 'gcp-firewall-no-world',
  title: 'No firewall lets the internet in; the load balancer comes from ranges of its own',
  why: "Google's front ends take clients' connections before the network; what is open behind them goes past TLS, limits and logs.",
  mend: "Set sourceRanges to the balancer's and the health checks' 130.211.0.0/22 and 35.191.0.0/16, or name tags or service accounts.",
  controls: ['Checkov CKV_GCP_106', 'CIS GCP 3.6'],
  types: firewall,
  check(resource) {
    const open = openToWorld(resource);
    if (open === UNKNOWN) return [unknown('sourceRanges')];
    return [open ? fail('it is open to the internet') : pass];
  },
};

export const flowLogs: ResourceRule = {
  ...common,
  id: 'gcp-subnet-flow-logs',
  title: 'A subnet logs its flows',
  why: 'Who talked to whom cannot be asked for after an incident.',
  mend: 'Set logConfig, with a flowSampling that you want to pay for.',
  severity: 'advisory',
  controls: ['Checkov CKV_GCP_26', 'CIS GCP 3.8'],
  types: subnetwork,
  check: (resource) => [
    inspect(resource, ['purpose', 'logConfig'], (purpose, logs) =>
      plain(purpose) && !present(logs) ? 'it has no logConfig' : undefined,
    ),
  ],
};

export const privateAccess: ResourceRule = {
  ...common,
  id: 'gcp-subnet-private-access',
  title: "A subnet reaches Google's APIs without a public address",
  why: 'Instances without one cannot read a secret or write a log otherwise, or do so through the NAT gateway, for money.',
  mend: 'Set privateIpGoogleAccess to true.',
  controls: ['Checkov CKV_GCP_74'],
  types: subnetwork,
  check: (resource) => [
    inspect(resource, ['purpose', 'privateIpGoogleAccess'], (purpose, on) =>
      !plain(purpose) || flag(on) ? undefined : `privateIpGoogleAccess is ${show(on)}`,
    ),
  ],
};

/** Subnets of proxies and of private service connect hold no machines. */
const plain = (purpose: unknown) => purpose === undefined || purpose === null || purpose === 'PRIVATE';

export const gcpNetworkRules = [noAdminPorts, noWorld, flowLogs, privateAccess];
