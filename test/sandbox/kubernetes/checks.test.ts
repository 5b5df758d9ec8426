import type { Bag } from '../../../sandbox/model/values';
import { parseQuantity } from '../../../sandbox/kubernetes/quantity';
import { isHere } from '../../../sandbox/kubernetes/config';
import { store, template, TestCluster, tokens, UNKNOWN, workload } from './cluster';

let cluster: TestCluster;
beforeEach(() => (cluster = new TestCluster()));
afterEach(() => cluster.close());

const autoscaler = (spec: Bag): Bag => ({
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 10, ...spec },
});
const policy = (spec: Bag): Bag => ({ spec: { podSelector: {}, ...spec } });
const mounts = (name: string): Bag => ({ volumeMounts: [{ name, mountPath: '/data' }] });

test.each<[string, string, Bag, RegExp]>([
  ['a name with capitals', tokens.deployment, { metadata: { name: 'Web' }, ...workload() }, /metadata.name.*RFC 1123/],
  [
    'a service that begins with a digit',
    tokens.service,
    { metadata: { name: '1web' }, spec: { ports: [{ port: 1 }] } },
    /DNS-1035/,
  ],
  ['a label with a space', tokens.configMap, { metadata: { labels: { a: 'b c' } } }, /metadata.labels/],
  ['a label’s key with two slashes', tokens.configMap, { metadata: { labels: { 'a/b/c': 'd' } } }, /qualified name/],
  ['the wrong version', tokens.deployment, { apiVersion: 'apps/v1beta1', ...workload() }, /expected apps\/v1/],
  ['no specification', tokens.deployment, {}, /spec: Required value/],
  ['no selector', tokens.deployment, workload({ selector: {} }), /spec.selector: Required value/],
  [
    'a selector of other pods',
    tokens.deployment,
    workload({ selector: { matchLabels: { app: 'x' } } }),
    /does not match template/,
  ],
  [
    'no containers',
    tokens.deployment,
    workload({ template: { metadata: { labels: { app: 'web' } }, spec: {} } }),
    /containers: Required/,
  ],
  ['no image', tokens.deployment, workload({}, { image: '' }), /containers\[0\].image: Required/],
  [
    'a port out of range',
    tokens.deployment,
    workload({}, { ports: [{ containerPort: 70000 }] }),
    /between 1 and 65535/,
  ],
  ['a volume that is not there', tokens.deployment, workload({}, mounts('x')), /Not found: "x"/],
  [
    'a probe of two kinds',
    tokens.deployment,
    workload({}, { livenessProbe: { exec: {}, tcpSocket: {} } }),
    /more than 1 handler/,
  ],
  [
    'a probe of no kind',
    tokens.deployment,
    workload({}, { readinessProbe: { periodSeconds: 5 } }),
    /must specify a handler/,
  ],
  [
    'a request beyond its limit',
    tokens.deployment,
    workload({}, { resources: { requests: { cpu: 2 }, limits: { cpu: '1500m' } } }),
    /less than or equal to cpu limit/,
  ],
  [
    'no amount',
    tokens.deployment,
    workload({}, { resources: { requests: { memory: '1 GB' } } }),
    /quantities must match/,
  ],
  [
    'a value from two places',
    tokens.deployment,
    workload({}, { env: [{ name: 'A', value: 'x', valueFrom: {} }] }),
    /may not be specified/,
  ],
  [
    'a job that always restarts',
    tokens.job,
    { spec: { template: template({ restartPolicy: 'Always' }) } },
    /restartPolicy: Unsupported/,
  ],
  ['a job that does not say', tokens.job, { spec: { template: template() } }, /restartPolicy: Required/],
  ['most below least', tokens.autoscaler, autoscaler({ minReplicas: 11 }), /maxReplicas.*minReplicas/],
  ['none at least', tokens.autoscaler, autoscaler({ minReplicas: 0 }), /minReplicas/],
  ['a metric without its source', tokens.autoscaler, autoscaler({ metrics: [{ type: 'Resource' }] }), /must populate/],
  [
    'too long a window',
    tokens.autoscaler,
    autoscaler({ behavior: { scaleDown: { stabilizationWindowSeconds: 3601 } } }),
    /3600/,
  ],
  ['both bounds of a budget', tokens.budget, { spec: { minAvailable: 1, maxUnavailable: 1 } }, /cannot be both set/],
  ['a budget of 120 %', tokens.budget, { spec: { minAvailable: '120%' } }, /number or a percentage/],
  ['a service without ports', tokens.service, { spec: { selector: { app: 'web' } } }, /spec.ports: Required/],
  ['two ports without names', tokens.service, { spec: { ports: [{ port: 80 }, { port: 81 }] } }, /ports\[0\].name/],
  [
    'a headless balancer',
    tokens.service,
    { spec: { type: 'LoadBalancer', clusterIP: 'None', ports: [{ port: 80 }] } },
    /'None'/,
  ],
  ['an ingress that leads nowhere', tokens.ingress, { spec: {} }, /defaultBackend/],
  [
    'a range that is none',
    tokens.networkPolicy,
    policy({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0' } }] }] }),
    /valid CIDR/,
  ],
  ['a direction that is none', tokens.networkPolicy, policy({ policyTypes: ['Both'] }), /Unsupported value: "Both"/],
  [
    'a certificate without its key',
    tokens.secret,
    { type: 'kubernetes.io/tls', stringData: { 'tls.crt': 'x' } },
    /tls.key/,
  ],
  ['data that is not encoded', tokens.secret, { data: { a: 'plain text' } }, /illegal base64/],
  [
    'a claim without a size',
    tokens.claim,
    { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: {} } } },
    /storage: Required/,
  ],
  [
    'a level of security that is none',
    tokens.namespace,
    { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'strict' } } },
    /must be one of/,
  ],
  ['a patch without a name', 'kubernetes:core/v1:ServicePatch', {}, /require it to be set/],
  ['a chart without a chart', tokens.release, {}, /chart: Required/],
])('%s is refused', async (_what, token, inputs, reason) => {
  const { reasons } = await cluster.check(token, 'it', inputs);
  expect(reasons.join('\n')).toMatch(reason);
});

test.each<[string, string, Bag]>([
  ['a workload', tokens.deployment, workload()],
  ['a store with its own volume', tokens.statefulSet, store({ template: template({}, mounts('data')) })],
  ['what is not known yet', tokens.deployment, workload({ template: UNKNOWN })],
  [
    'parts that are not known yet',
    tokens.deployment,
    workload({}, { image: UNKNOWN, ports: [{ containerPort: UNKNOWN }] }),
  ],
  ['a budget', tokens.budget, { spec: { maxUnavailable: '25%', selector: {} } }],
  ['nobody may come in', tokens.networkPolicy, policy({ policyTypes: ['Ingress'] })],
  ['any kind of anybody’s', tokens.certificate, { spec: { limits: { anything: 'goes' } } }],
  ['a headless service', tokens.service, { spec: { clusterIP: 'None', selector: { app: 'web' } } }],
])('%s is accepted', async (_what, token, inputs) => {
  expect((await cluster.check(token, 'it', inputs)).reasons).toEqual([]);
});

test('contents of a secret are in no message', async () => {
  const { reasons } = await cluster.check(tokens.secret, 'it', { data: { a: 'a canary!' } });
  expect(reasons.join()).not.toContain('canary');
});

test.each(['kubernetes:apps/v1:DeploymentList', 'kubernetes:yaml:ConfigFile'])('%s is no kind', async (token) => {
  await expect(cluster.check(token, 'it', {})).rejects.toThrow(token);
});

test.each([
  ['1', 1_000_000_000n],
  ['1500m', 1_500_000_000n],
  ['0.5', 500_000_000n],
  ['1Ki', 1_024_000_000_000n],
  ['1.5Gi', 1_610_612_736_000_000_000n],
  ['1e3', 1_000_000_000_000n],
  ['-1k', -1_000_000_000_000n],
  ['1 Gi', undefined],
  ['Gi', undefined],
  ['1ki', undefined],
  ['', undefined],
])('the amount %s', (written, amount) => {
  expect(parseQuantity(written)).toBe(amount);
});

test.each([
  ['https://127.0.0.1:6443', true],
  ['https://localhost:6443', true],
  ['https://[::1]:6443', true],
  ['https://10.0.0.1', false],
  ['https://127.0.0.1.example.com', false],
  ['https://localhost.example.com', false],
  ['not a url', false],
])('an API server at %s is on this machine: %s', (server, here) => {
  expect(isHere(server)).toBe(here);
});
