import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { adapterConfig } from '../../../components/kubernetes/metrics/adapter-config';
import type { Measured } from '../../../components/kubernetes/metrics/measured';
import { parts } from '../../../components/kubernetes/metrics/names';
import { signalRules } from '../../../components/kubernetes/metrics/rules';
import type { Bag } from '../../../sandbox/model/values';
import type { ControlPlane } from '../cluster/control-plane';
import { freePorts, Process } from '../cluster/process';
import { buildAdapter } from './build-adapter';

/** A quarter of a minute passes in a second: as many looks in each window, and nobody waits an hour. */
const FASTER = 15;

/** Prometheus and prometheus-adapter with what is generated for them, in front of a real API server. */
export class Serving {
  private constructor(private readonly processes: Process[]) {}

  /** @param source port of what is measured */
  static async start(plane: ControlPlane, measured: Measured, source: number): Promise<Serving> {
    const { folder } = plane;
    const [prometheus = 0, adapter = 0] = await freePorts(2);
    writeFileSync(join(folder, 'rules.yml'), quickened(stringify(signalRules(measured))));
    writeFileSync(join(folder, 'prometheus.yml'), stringify(scraping(source)));
    writeFileSync(join(folder, 'adapter.yml'), adapterConfig(measured));
    const authority = makeCertificate(folder, `${parts.adapter}.${measured.namespace}.svc`);
    const flags = {
      prometheus: [
        '--config.file=prometheus.yml',
        '--storage.tsdb.path=prometheus',
        `--web.listen-address=127.0.0.1:${prometheus}`,
      ],
      adapter: [
        `--prometheus-url=http://127.0.0.1:${prometheus}/`,
        '--config=adapter.yml',
        `--secure-port=${adapter}`,
        '--bind-address=127.0.0.1',
        '--tls-cert-file=serving.crt',
        '--tls-private-key-file=serving.key',
        '--metrics-relist-interval=1s',
        '--metrics-max-age=1m',
        `--lister-kubeconfig=${plane.kubeconfig}`,
        `--authentication-kubeconfig=${plane.kubeconfig}`,
        `--authorization-kubeconfig=${plane.kubeconfig}`,
      ],
    };
    const serving = new Serving([
      new Process('prometheus', 'prometheus', flags.prometheus, folder),
      new Process('adapter', buildAdapter(), flags.adapter, folder),
    ]);
    for (const object of registration(measured.namespace, adapter, authority)) await plane.api.apply(object);
    return serving;
  }

  mustRun(): void {
    for (const process of this.processes) process.mustRun();
  }

  async stop(): Promise<void> {
    for (const process of this.processes) await process.stop();
  }
}

/** Windows in seconds where they were minutes, and a look every second. */
export function quickened(rules: string): string {
  return rules
    .replace(/\[(\d+)m\]/g, (_, minutes: string) => `[${(Number(minutes) * 60) / FASTER}s]`)
    .replace(/interval: 15s/g, 'interval: 1s');
}

function scraping(port: number): object {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.yml'],
    scrape_configs: [
      { job_name: 'measured', honor_labels: true, static_configs: [{ targets: [`127.0.0.1:${port}`] }] },
    ],
  };
}

/** Its own authority, as cert-manager makes it. */
function makeCertificate(folder: string, name: string): string {
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${name}`];
  const files = ['-addext', `subjectAltName=DNS:${name}`, '-keyout', 'serving.key', '-out', 'serving.crt'];
  execFileSync('openssl', [...words, ...files], { cwd: folder, stdio: 'ignore' });
  return readFileSync(join(folder, 'serving.crt')).toString('base64');
}

/** As the component registers it, but for the Service: here it leads out of the cluster, to this machine. */
function registration(namespace: string, port: number, caBundle: string): Bag[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: parts.adapter, namespace },
      spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.external.metrics.k8s.io' },
      spec: {
        group: 'external.metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        caBundle,
        service: { name: parts.adapter, namespace, port },
      },
    },
  ];
}
