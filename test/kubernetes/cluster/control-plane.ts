import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { accessIn } from './access';
import { ClusterApi } from './api';
import { freePorts, Process } from './process';
import { nodeObject, standingObjects, type NodeShape } from './objects';

const SERVICES = '10.96.0.0/16';
const PODS = '10.244.0.0/16';
/** Milliseconds. */
const READY_WITHIN = 120_000;

/**
 * A Kubernetes cluster on this machine: etcd, API server, controllers and scheduler are Kubernetes' own, and kwok plays
 * the kubelets. Admission, defaulting, autoscaling, disruption budgets, volumes and scheduling are real; images, probes
 * and network policies do nothing. It goes away with its folder.
 */
export class ControlPlane {
  private readonly processes: Process[] = [];

  private constructor(
    readonly folder: string,
    readonly kubeconfig: string,
    readonly api: ClusterApi,
  ) {}

  static async start(nodes: NodeShape[]): Promise<ControlPlane> {
    const program = execFileSync(resolve(__dirname, '../control-plane/find.sh'), {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
      .toString()
      .trim();
    const folder = mkdtempSync(join(tmpdir(), 'ladder-cluster-'));
    execFileSync(program, ['certificates', `--folder=${folder}`]);
    const [etcd = 0, peer = 0, server = 0, metrics = 0] = await freePorts(4);
    const kubeconfig = writeKubeconfig(folder, server);
    const plane = new ControlPlane(folder, kubeconfig, new ClusterApi(accessIn(kubeconfig)));
    const run = (name: string, ...flags: string[]): void => {
      plane.processes.push(new Process(name, program, [name, ...flags], folder));
    };
    try {
      run('etcd', ...etcdFlags(etcd, peer));
      run('apiserver', ...serverFlags(etcd, server));
      await plane.until('the API server is ready', () => plane.api.isReady());
      const own = ['--kubeconfig=kubeconfig', '--leader-elect=false', '--bind-address=127.0.0.1', '--secure-port=0'];
      run('controllers', ...own, ...controllerFlags);
      run('scheduler', ...own);
      run('nodes', '--kubeconfig=kubeconfig', ...kubeletFlags);
      run('stand-ins', '--kubeconfig=kubeconfig', `--address=127.0.0.1:${metrics}`, ...tls('stand-ins'));
      const authority = readFileSync(join(folder, 'ca.crt')).toString('base64');
      for (const object of standingObjects(metrics, authority)) await plane.api.apply(object);
      await plane.addNodes(nodes);
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  /** Comes back when they take pods. */
  async addNodes(nodes: NodeShape[]): Promise<void> {
    for (const node of nodes) await this.api.apply(nodeObject(node));
    const isReady = async (name: string): Promise<boolean> => {
      const node = await this.api.get('v1', 'Node', '', name);
      return node?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
    };
    for (const { name } of nodes) await this.until(`the node ${name} is ready`, () => isReady(name));
  }

  async until(what: string, holds: () => Promise<boolean>, within = READY_WITHIN): Promise<void> {
    for (const deadline = Date.now() + within; ; await sleep(200)) {
      for (const process of this.processes) process.mustRun();
      if (await holds()) return;
      if (Date.now() > deadline) throw new Error(`${what}: not so after ${within / 1000} s`);
    }
  }

  async stop(): Promise<void> {
    this.api.close();
    for (const process of [...this.processes].reverse()) await process.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function writeKubeconfig(folder: string, port: number): string {
  const inside = (name: string): string => readFileSync(join(folder, name)).toString('base64');
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': inside('ca.crt') };
  const user = { 'client-certificate-data': inside('admin.crt'), 'client-key-data': inside('admin.key') };
  const file = join(folder, 'kubeconfig');
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'admin', user }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
  };
  writeFileSync(file, stringify(content), { mode: 0o600 });
  return file;
}

const tls = (name: string): string[] => [`--tls-cert-file=${name}.crt`, `--tls-private-key-file=${name}.key`];

function etcdFlags(port: number, peer: number): string[] {
  const [clients, peers] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peer}`];
  return [
    '--data-dir=etcd',
    // What is lost with the machine's power is a test.
    '--unsafe-no-fsync',
    '--log-level=warn',
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
  ];
}

function serverFlags(etcd: number, port: number): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    // Nobody reaches it from a pod: no endpoints of its own.
    '--advertise-address=192.0.2.1',
    '--endpoint-reconciler-type=none',
    `--service-cluster-ip-range=${SERVICES}`,
    ...tls('apiserver'),
    '--client-ca-file=ca.crt',
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-account-key-file=tokens.pub',
    '--service-account-signing-key-file=tokens.key',
    '--requestheader-client-ca-file=front-proxy-ca.crt',
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--proxy-client-cert-file=front-proxy-client.crt',
    '--proxy-client-key-file=front-proxy-client.key',
    '--profiling=false',
  ];
}

const controllerFlags = [
  '--service-account-private-key-file=tokens.key',
  '--root-ca-file=ca.crt',
  `--service-cluster-ip-range=${SERVICES}`,
  '--enable-hostpath-provisioner=true',
  // Autoscalers look every two seconds, and believe a pod as soon as it runs: a test does not wait five minutes.
  '--horizontal-pod-autoscaler-sync-period=2s',
  '--horizontal-pod-autoscaler-cpu-initialization-period=1s',
  '--horizontal-pod-autoscaler-initial-readiness-delay=1s',
];

const kubeletFlags = [
  '--manage-all-nodes=true',
  `--cidr=${PODS}`,
  '--node-ip=127.0.0.1',
  // Each node says that it lives; one that does not for 40 seconds is taken for lost.
  '--node-lease-duration-seconds=40',
];
