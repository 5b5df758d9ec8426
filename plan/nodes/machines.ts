import type { CloudName } from '../vocabulary';
import type { Room } from './packing';

interface Machine {
  vcpus: number;
  memoryMib: number;
}

const GIB = 1024;

/**
 * What one node of a machine type leaves to pods: its size, less what the system keeps for itself, less what the daemons
 * that run on every node ask for. Undefined for a machine that is not known here.
 */
export function allocatableOf(cloud: CloudName, machine: string): Room | undefined {
  const whole = kubelet[cloud](machine);
  if (!whole) return undefined;
  const daemons = daemonsOf[cloud];
  const left = {
    cpuMillis: Math.floor(whole.cpuMillis - daemons.cpuMillis),
    memoryMib: Math.floor(whole.memoryMib - daemons.memoryMib),
    pods: whole.pods - daemons.pods,
  };
  return left.cpuMillis > 0 && left.memoryMib > 0 && left.pods > 0 ? left : undefined;
}

/** What the kubelet of a node tells the scheduler, by cloud. */
const kubelet: Record<CloudName, (machine: string) => Room | undefined> = {
  aws: ec2Node,
  gcp: gkeNode,
  digitalocean: doksNode,
  kubernetes: plainNode,
};

/**
 * Requests of the daemons on every node, rounded up: for what a version more may ask for.
 * EKS: aws-node with its network policy agent 50m, kube-proxy 100m, the EBS driver's three containers 30m and 120Mi, the
 * pod identity agent, and a node exporter. GKE with Dataplane V2: anetd, fluentbit, metrics agent, metadata server, DNS
 * cache, disk driver, managed Prometheus's collector. DOKS: cilium 300m and 300Mi, cpc-bridge-proxy 100m and 75Mi,
 * do-node-agent 102m and 80Mi, and those without requests. A plain cluster: a network plug-in, kube-proxy, a disk driver,
 * an exporter.
 */
const daemonsOf: Record<CloudName, Room> = {
  aws: { cpuMillis: 200, memoryMib: 256, pods: 5 },
  gcp: { cpuMillis: 450, memoryMib: 800, pods: 10 },
  digitalocean: { cpuMillis: 520, memoryMib: 500, pods: 7 },
  kubernetes: { cpuMillis: 300, memoryMib: 512, pods: 6 },
};

/** Millis of the processors that GKE and EKS keep: 6 % of the first, 1 % of the second, 0.5 % of two more, 0.25 % of the rest. */
function keptCpu(vcpus: number): number {
  const part = (from: number, to: number) => Math.max(0, Math.min(vcpus, to) - from);
  return part(0, 1) * 60 + part(1, 2) * 10 + part(2, 4) * 5 + part(4, Infinity) * 2.5;
}

/** Network cards and addresses a card (EC2's own limits): with the VPC's network plug-in each pod has an address of its own. */
const ec2Cards: Record<string, [cards: number, addresses: number]> = {
  't3.medium': [3, 6],
  't3.large': [3, 12],
  't3.xlarge': [4, 15],
  't3.2xlarge': [4, 15],
  large: [3, 10],
  xlarge: [4, 15],
  '2xlarge': [4, 15],
  '4xlarge': [8, 30],
};
const ec2Cpus: Record<string, number> = { medium: 2, large: 2, xlarge: 4, '2xlarge': 8, '4xlarge': 16 };
/** GiB a processor. */
const ec2Families: Record<string, number> = {
  t3: 4,
  m5: 4,
  m6i: 4,
  m7i: 4,
  c5: 2,
  c6i: 2,
  c7i: 2,
  r5: 8,
  r6i: 8,
  r7i: 8,
};

/**
 * EKS's node image: 11 MiB a pod and 255 MiB are kept (awslabs/amazon-eks-ami, nodeadm), 100 MiB is the eviction
 * threshold, and the machine shows about 7.5 % less memory than it is sold with (Karpenter's VM_MEMORY_OVERHEAD_PERCENT).
 */
function ec2Node(machine: string): Room | undefined {
  const [family = '', size = ''] = machine.split('.');
  const [vcpus, perCpu] = [ec2Cpus[size], ec2Families[family]];
  const cards = family === 't3' ? ec2Cards[machine] : ec2Cards[size];
  if (!vcpus || !perCpu || !cards) return undefined;
  // t3.medium has two processors and half the memory of t3.large.
  const memoryMib = (size === 'medium' ? 4 : vcpus * perCpu) * GIB * 0.925;
  const pods = cards[0] * (cards[1] - 1) + 2;
  return { cpuMillis: vcpus * 1000 - keptCpu(vcpus), memoryMib: memoryMib - 11 * pods - 255 - 100, pods };
}

/** GKE keeps by steps of memory (25 %, 20 %, 10 %, 6 %, 2 %) and 100 MiB for eviction (its page on planning node sizes). */
function gkeNode(machine: string): Room | undefined {
  const found = /^(e2|n1|n2|n2d)-standard-(\d+)$/.exec(machine);
  const vcpus = Number(found?.[2]);
  const perCpu = found?.[1] === 'n1' ? 3.75 : 4;
  return found ? steppedNode({ vcpus, memoryMib: vcpus * perCpu * GIB }) : undefined;
}

/** DigitalOcean's own table (Kubernetes limits, allocatable memory), GiB by GiB; of the processors it keeps 100m. */
const doksMemory: Record<number, number> = { 2: 1, 4: 2.5, 8: 6, 16: 13, 32: 28, 48: 43, 64: 58 };

function doksNode(machine: string): Room | undefined {
  const found = /^(?:s|g|gd|c)-(\d+)vcpu-(\d+)gb(?:-amd|-intel)?$/.exec(machine);
  const memory = doksMemory[Number(found?.[2])];
  if (!found || !memory) return undefined;
  return { cpuMillis: Number(found[1]) * 1000 - 100, memoryMib: memory * GIB, pods: 110 };
}

/** Whose cluster it is, decides; GKE's steps are as careful as anybody's. */
function plainNode(machine: string): Room | undefined {
  const found = /^(\d+) vCPU \/ (\d+) GiB$/.exec(machine);
  return found ? steppedNode({ vcpus: Number(found[1]), memoryMib: Number(found[2]) * GIB }) : undefined;
}

function steppedNode({ vcpus, memoryMib }: Machine): Room {
  const gib = memoryMib / GIB;
  const part = (from: number, to: number) => Math.max(0, Math.min(gib, to) - from);
  const kept =
    part(0, 4) * 0.25 + part(4, 8) * 0.2 + part(8, 16) * 0.1 + part(16, 128) * 0.06 + part(128, Infinity) * 0.02;
  return { cpuMillis: vcpus * 1000 - keptCpu(vcpus), memoryMib: memoryMib - kept * GIB - 100, pods: 110 };
}
