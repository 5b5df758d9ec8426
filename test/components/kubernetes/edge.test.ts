import type { ResourceTransformation } from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { Edge, type EdgeArgs } from '../../../components/kubernetes/edge/edge';
import { nginxConfig, rateOf, type NginxConfig } from '../../../components/kubernetes/edge/nginx-config';
import { pulse } from '../../../systems/pulse';
import { all, counts, messageOf, one } from '../recorded';

const [{ proxy, healthCheck, rateLimit, idleTimeoutSeconds, drainSeconds, port }] = pulse.services as [
  (typeof pulse.services)[number],
];
const edge: EdgeArgs = {
  identity: { name: 'api-edge', instance: 'pulse-prod' },
  namespace: 'pulse',
  domain: 'api.pulse.io',
  upstream: { identity: { name: 'api', instance: 'pulse-prod' }, host: 'api.pulse.svc.cluster.local' },
  port,
  proxy,
  healthCheck,
  rateLimit,
  idleTimeoutSeconds,
  drainSeconds,
  capacity: { min: 2, max: 4 },
  requests: { cpu: '100m', memory: '128Mi' },
  certificateIssuer: 'letsencrypt',
  balancer: { annotations: {}, proxyProtocol: false, trustedProxies: [] },
};
const recordEdge = (change: Partial<EdgeArgs> = {}) =>
  record(() => ({ address: new Edge('pulse-prod-api-edge', { ...edge, ...change }).address }));
const config: NginxConfig = {
  domain: 'api.pulse.io',
  upstream: { kind: 'resolved', host: 'api.pulse.svc.cluster.local', port: 8081, resolverFile: '/tmp/resolver.conf' },
  proxy,
  healthPath: '/health',
  rateLimit,
  idleTimeoutSeconds,
  drainSeconds,
  proxyProtocol: false,
  trustedProxies: [],
  certificates: '/tls',
  temporary: '/tmp',
};

test('the guide’s upstream, over the addresses of the pods', () => {
  expect(nginxConfig(config)).toContain(`  upstream service {
    zone service 256k;
    least_conn;
    server api.pulse.svc.cluster.local:8081 resolve max_fails=3 fail_timeout=30s;
    keepalive 32;
  }`);
  // In http, where nginx of every version takes it.
  expect(nginxConfig(config)).toContain('\n  include /tmp/resolver.conf;');
});

test('the guide’s limit, with its zone in http, and its timeouts', () => {
  const text = nginxConfig(config);
  expect(text).toContain('\n  limit_req_zone $binary_remote_addr zone=clients:10m rate=100r/m;');
  expect(text).toContain('    limit_req zone=clients burst=20 nodelay;\n    limit_req_status 429;');
  expect(text.match(/proxy_(connect|send|read)_timeout 60s;/g)).toHaveLength(6);
  expect(nginxConfig({ ...config, rateLimit: undefined })).not.toContain('limit_req');
});

test('open requests have as long to end as the service gives them, and every port is one of IPv6 too', () => {
  const text = nginxConfig({ ...config, drainSeconds: 120 });
  expect(text).toContain('worker_shutdown_timeout 120s;');
  for (const words of ['8080', '8443 ssl', '8090'])
    expect(text).toContain(`listen ${words};\n    listen [::]:${words};`);
});

test('behind Cloudflare the limit is of the client that its header names, and of who goes around it', () => {
  const clientHeader = { name: 'CF-Connecting-IP', from: ['203.0.113.0/24', '2400:cb00::/32'] };
  const text = nginxConfig({ ...config, rateLimit: { ...rateLimit!, clientHeader } });
  expect(text).toContain(`  geo $by_proxy {
    default 0;
    203.0.113.0/24 1;
    2400:cb00::/32 1;
  }
  map "$by_proxy$http_cf_connecting_ip" $client_address {
    default $remote_addr;
    "~^1(?<told>[0-9A-Fa-f.:]+)$" $told;
  }
  limit_req_zone $client_address zone=clients:10m rate=100r/m;`);
  expect(text).toContain("log_format edge '$client_address ");
  expect(text.match(/proxy_set_header (X-Real-IP|X-Forwarded-For|CF-Connecting-IP) \$client_address;/g)).toHaveLength(
    6,
  );
});

test.each([
  [100, 60, '100r/m'],
  [120, 60, '2r/s'],
  [10, 1, '10r/s'],
  [1, 3_600, '1r/m'],
])('%d requests in %d s are %s', (requests, windowSeconds, rate) => {
  expect(rateOf({ requests, windowSeconds })).toBe(rate);
});

test('the client’s address is believed of trusted balancers alone', () => {
  expect(nginxConfig(config)).not.toContain('real_ip');
  const header = nginxConfig({ ...config, trustedProxies: ['10.0.0.0/8', 'fd00::/8'] });
  expect(header).toContain(
    '  set_real_ip_from 10.0.0.0/8;\n  set_real_ip_from fd00::/8;\n  real_ip_header X-Forwarded-For;',
  );
  const protocol = nginxConfig({ ...config, trustedProxies: ['10.0.0.0/8'], proxyProtocol: true });
  expect(protocol).toContain('real_ip_header proxy_protocol;');
  expect(protocol).toContain('listen 8080 proxy_protocol;');
  expect(protocol).toContain('listen 8443 ssl proxy_protocol;');
  expect(protocol).toContain('listen 8090;');
});

test('what an edge is made of', async () => {
  const recording = await recordEdge();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:Edge': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    'kubernetes:cert-manager.io/v1:Certificate': 1,
    'kubernetes:core/v1:ConfigMap': 1,
    'kubernetes:apps/v1:Deployment': 1,
    'kubernetes:autoscaling/v2:HorizontalPodAutoscaler': 1,
    'kubernetes:policy/v1:PodDisruptionBudget': 1,
    'kubernetes:core/v1:Service': 1,
  });
  expect(one(recording, 'kubernetes:cert-manager.io/v1:Certificate').inputs.spec).toMatchObject({
    secretName: 'api-edge-tls',
    dnsNames: ['api.pulse.io'],
    issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
  });
  expect(recording.outputs.address).toEqual({
    ip: '<unknown:pulse-prod-api-edge.status.loadBalancer.ingress[0].ip>',
    hostname: '<unknown:pulse-prod-api-edge.status.loadBalancer.ingress[0].hostname>',
  });
});

test('a pinned nginx that knows `resolve`, with its configuration and certificate', async () => {
  const { inputs } = one(await recordEdge(), 'kubernetes:apps/v1:Deployment');
  const spec = inputs.spec as { replicas?: number; template: { spec: Record<string, unknown> } };
  expect(spec).not.toHaveProperty('replicas');
  const [container] = spec.template.spec.containers as [{ image: string; command: string[] }];
  expect(container.image).toMatch(/^docker\.io\/nginxinc\/nginx-unprivileged:1\.29\.1@sha256:[0-9a-f]{64}$/);
  expect(container.command.slice(0, 2)).toEqual(['/bin/sh', '-c']);
  expect(spec.template.spec.volumes).toEqual([
    { name: 'config', configMap: { name: '<unknown:pulse-prod-api-edge.metadata.name>' } },
    { name: 'certificate', secret: { secretName: 'api-edge-tls' } },
    { name: 'tmp', emptyDir: { sizeLimit: '512Mi' } },
  ]);
  const map = one(await recordEdge(), 'kubernetes:core/v1:ConfigMap').inputs;
  expect(map.metadata).not.toHaveProperty('name');
  expect((map.data as Record<string, string>)['nginx.conf']).toContain(
    'server api.pulse.svc.cluster.local:8081 resolve',
  );
});

test('the balancer is asked for as the surroundings say', async () => {
  const balancer = {
    annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' },
    loadBalancerClass: 'service.k8s.aws/nlb',
    address: '192.0.2.1',
    proxyProtocol: true,
    trustedProxies: ['10.0.0.0/16'],
  };
  const { inputs } = one(await recordEdge({ balancer }), 'kubernetes:core/v1:Service');
  expect(inputs.metadata).toMatchObject({ annotations: balancer.annotations });
  expect(inputs.spec).toMatchObject({
    type: 'LoadBalancer',
    loadBalancerClass: 'service.k8s.aws/nlb',
    loadBalancerIP: '192.0.2.1',
    externalTrafficPolicy: 'Local',
    ports: [
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'https', port: 443, targetPort: 'https' },
    ],
  });
});

test('a replica stays for as long as the balancer sends it connections, and a new one is looked at before the old one goes', async () => {
  const leaving = async (leavingSeconds?: number) => {
    const balancer = { ...edge.balancer, leavingSeconds };
    return one(await recordEdge({ balancer }), 'kubernetes:apps/v1:Deployment').inputs.spec;
  };
  const podOf = (sleep: number, grace: number) => ({
    minReadySeconds: 15,
    template: {
      spec: {
        terminationGracePeriodSeconds: grace,
        containers: [{ lifecycle: { preStop: { sleep: { seconds: sleep } } } }],
      },
    },
  });
  expect(await leaving()).toMatchObject(podOf(15, 15 + edge.drainSeconds + 5));
  expect(await leaving(180)).toMatchObject(podOf(180, 180 + edge.drainSeconds + 5));
});

test('an update waits for as long as the balancer takes to know each replica, one by one', async () => {
  const waited = async (leavingSeconds?: number) => {
    const timeouts: unknown[] = [];
    const seen: ResourceTransformation = ({ type, opts }) => {
      if (type === 'kubernetes:apps/v1:Deployment') timeouts.push(opts.customTimeouts);
      return undefined;
    };
    const balancer = { ...edge.balancer, leavingSeconds };
    await record(() => void new Edge('pulse-prod-api-edge', { ...edge, balancer }, { transformations: [seen] }));
    return timeouts;
  };
  // A step of the rollout for eleven minutes at the most, and four replicas of two minutes, or of four on EKS.
  expect(await waited()).toEqual([{ update: '19m' }]);
  expect(await waited(180)).toEqual([{ update: '27m' }]);
});

test('a given certificate makes no other', async () => {
  const recording = await recordEdge({ certificateIssuer: undefined, tlsSecretName: 'own' });
  expect(all(recording, 'kubernetes:cert-manager.io/v1:Certificate')).toEqual([]);
  expect(JSON.stringify(one(recording, 'kubernetes:apps/v1:Deployment').inputs)).toContain('"secretName":"own"');
});

test('names that rules ask for are in the certificate, and are answered', async () => {
  const routing: EdgeArgs['routing'] = {
    algorithm: 'least-outstanding-requests',
    rules: [{ name: 'www', hosts: ['www.pulse.io', 'api.pulse.io'], redirectTo: 'pulse.io' }],
  };
  const recording = await recordEdge({ routing });
  expect(one(recording, 'kubernetes:cert-manager.io/v1:Certificate').inputs.spec).toMatchObject({
    dnsNames: ['api.pulse.io', 'www.pulse.io'],
  });
  const { data } = one(recording, 'kubernetes:core/v1:ConfigMap').inputs as { data: Record<string, string> };
  expect(data['nginx.conf']).toContain('server_name api.pulse.io www.pulse.io;');
});

test('routing picks one way: by the cookie, by fewest requests, or in turn', () => {
  const picks = (routing: NginxConfig['routing']) =>
    ['hash $affinity consistent;', 'least_conn;'].filter((word) => nginxConfig({ ...config, routing }).includes(word));
  expect(picks({ algorithm: 'least-outstanding-requests', rules: [] })).toEqual(['least_conn;']);
  expect(picks({ algorithm: 'round-robin', rules: [] })).toEqual([]);
  // A hash picks by itself: nginx takes one of the two.
  expect(picks({ algorithm: 'least-outstanding-requests', affinitySeconds: 60, rules: [] })).toEqual([
    'hash $affinity consistent;',
  ]);
});

test('a rule that would break nginx, match always, or lead in a circle is refused', () => {
  const rules: NonNullable<EdgeArgs['routing']>['rules'] = [
    { name: 'none' },
    { name: 'empty', paths: [] },
    { name: 'path', paths: ['/a { }'] },
    { name: 'host', hosts: ['a b'] },
    { name: 'key', query: [{ key: 'a-b', value: '1' }] },
    { name: 'value', query: [{ key: 'a', value: '"; return 200; "' }] },
    { name: 'to', paths: ['/a'], redirectTo: 'https://x' },
    { name: 'circle', paths: ['/a'], redirectTo: 'api.pulse.io' },
  ];
  const routing = { algorithm: 'round-robin' as const, affinitySeconds: 0, rules };
  const lines = messageOf(() => new Edge('e', { ...edge, routing }))
    .split('\n')
    .slice(1);
  expect(lines.map((line) => line.trim().split(':')[0])).toEqual([
    'routing.affinitySeconds',
    'routing.rules[0]',
    'routing.rules[1]',
    'routing.rules[2].paths',
    'routing.rules[3].hosts',
    'routing.rules[4].query',
    'routing.rules[5].query',
    'routing.rules[6].redirectTo',
    'routing.rules[7].redirectTo',
  ]);
});

test('all faults in one message', () => {
  const wrong: EdgeArgs = {
    ...edge,
    certificateIssuer: undefined,
    domain: 'localhost; return 200',
    capacity: { min: 1, max: 1 },
    healthCheck: { ...healthCheck, path: '/health { }' },
    balancer: { annotations: {}, proxyProtocol: true, trustedProxies: [] },
    rateLimit: { requests: 0, windowSeconds: 60, burst: -1, status: 200 },
    image: 'nginx',
  };
  expect(
    messageOf(() => new Edge('e', wrong))
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(':')[0]),
  ).toEqual([
    'certificateIssuer',
    'domain',
    'capacity.min',
    'capacity.max',
    'healthCheck.path',
    'balancer.trustedProxies',
    'rateLimit.requests',
    'rateLimit.burst',
    'rateLimit.status',
    'image',
  ]);
});
