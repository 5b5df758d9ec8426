import { planCluster } from '../../plan/cluster';
import { pulse } from '../../systems/pulse';
import { workloadsOf } from '../../plan/nodes/workloads';
import { nodesNeeded } from '../../plan/nodes/packing';
test('x', () => {
  const m: any = { aws: { small: 't3.medium', medium: 't3.large', large: 't3.large', enterprise: 't3.xlarge' },
    gcp: { small: 'e2-standard-2', medium: 'e2-standard-2', large: 'n1-standard-2', enterprise: 'e2-standard-4' },
    digitalocean: { small: 's-2vcpu-4gb', medium: 's-2vcpu-4gb', large: 's-2vcpu-4gb', enterprise: 's-2vcpu-4gb' },
    kubernetes: { small: '4 vCPU / 16 GiB', medium: '4 vCPU / 16 GiB', large: '4 vCPU / 16 GiB', enterprise: '4 vCPU / 16 GiB' } };
  const d: any = { small: 2, medium: 3, large: 5, enterprise: 10 };
  const lines: string[] = [];
  for (const cloud of ['aws','gcp','digitalocean','kubernetes'] as const) for (const p of ['small','medium','large','enterprise'] as const) {
    const plain = cloud === 'kubernetes';
    const t: any = { services: [{ name: 'api', pod: pulse.services[0]!.pod, capacity: { min: 2, max: 10, desired: d[p] } }],
      cache: plain ? { nodeType: pulse.cache!.nodeTypes.kubernetes![p], shards: p==='large'?2:p==='enterprise'?3:1, replicasPerShard: p==='large'?1:p==='enterprise'?2:0 } : undefined,
      documentDatabase: plain ? { tier: '2000m/8Gi', electableNodes: 3 } : undefined };
    const zones = cloud === 'digitalocean' ? 1 : p === 'small' || p === 'medium' ? 2 : 3;
    const c = planCluster({ ...t, system: 'pulse', cloud, machine: m[cloud][p], zones, monitoring: false });
    const t0 = Date.now();
    lines.push(`${cloud} ${p} zones ${zones} ${JSON.stringify(c.nodes)} needed ${nodesNeeded(workloadsOf(t,'most'), c.nodes.allocatable, zones)} ${Date.now()-t0}ms`);
  }
  console.log(lines.join('\n'));
});
