import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { Workload, type WorkloadArgs } from '../../../components/kubernetes/workload/workload';
import { pulse } from '../../../systems/pulse';
import { all, counts, messageOf, one } from '../recorded';

const [{ pod, healthCheck, scaling, drainSeconds, port }] = pulse.services as [(typeof pulse.services)[number]];
const api: WorkloadArgs = {
  identity: { name: 'api', instance: 'pulse-prod' },
  namespace: 'pulse',
  image: 'ghcr.io/pulse/api:1.4.2',
  port,
  pod,
  healthCheck,
  scaling,
  drainSeconds,
  capacity: { min: 2, max: 10, desired: 5 },
  environment: { PORT: '8081', GO_ENV: 'production' },
  secrets: { MONGO_URL: pulumi.secret('mongodb://canary'), REDIS_URL: 'redis://canary' },
  edgeName: 'api-edge',
  monitored: true,
  ports: [27017, 6379],
};
const labels = { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'pulse-prod' };
const recordApi = (change: Partial<WorkloadArgs> = {}) =>
  record(() => ({ host: new Workload('pulse-prod-api', { ...api, ...change }).host }));
const deploymentType = 'kubernetes:apps/v1:Deployment';

test('everything that belongs to a service, and nothing else', async () => {
  const recording = await recordApi();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:Workload': 1,
    'kubernetes:core/v1:ServiceAccount': 1,
    'kubernetes:core/v1:Secret': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    [deploymentType]: 1,
    'kubernetes:core/v1:Service': 1,
    'kubernetes:autoscaling/v2:HorizontalPodAutoscaler': 1,
    'kubernetes:policy/v1:PodDisruptionBudget': 1,
  });
  expect(recording.outputs).toEqual({ host: 'api.pulse.svc.cluster.local' });
  // Nothing of a service keeps anything: leaving is never in the way.
  for (const resource of recording.resources) expect(resource.protect).toBe(false);
});

test('the Deployment: the guide’s sizes and probes, no rights, spread, and a graceful end', async () => {
  const { inputs } = one(await recordApi(), deploymentType);
  const tmp = '256Mi';
  expect(inputs.spec).toEqual({
    selector: { matchLabels: labels },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    revisionHistoryLimit: 5,
    progressDeadlineSeconds: 600,
    template: {
      metadata: {
        labels: { ...labels, 'app.kubernetes.io/managed-by': 'pulumi' },
        annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes': 'tmp' },
      },
      spec: {
        serviceAccountName: 'api',
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 10_001,
          runAsGroup: 10_001,
          fsGroup: 10_001,
          fsGroupChangePolicy: 'OnRootMismatch',
          seccompProfile: { type: 'RuntimeDefault' },
        },
        topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
          topologyKey,
          maxSkew: 1,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: labels },
          matchLabelKeys: ['pod-template-hash'],
        })),
        terminationGracePeriodSeconds: 75,
        containers: [
          {
            name: 'api',
            image: 'ghcr.io/pulse/api:1.4.2',
            imagePullPolicy: 'Always',
            ports: [{ name: 'http', containerPort: 8081 }],
            env: [
              { name: 'GO_ENV', value: 'production' },
              { name: 'PORT', value: '8081' },
              ...['MONGO_URL', 'REDIS_URL'].map((key) => ({
                name: key,
                valueFrom: { secretKeyRef: { name: '<unknown:pulse-prod-api.metadata.name>', key } },
              })),
            ],
            resources: {
              requests: { cpu: '500m', memory: '512Mi', 'ephemeral-storage': tmp },
              limits: { cpu: '1000m', memory: '1Gi', 'ephemeral-storage': '1Gi' },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              privileged: false,
              readOnlyRootFilesystem: true,
              runAsNonRoot: true,
              runAsUser: 10_001,
              runAsGroup: 10_001,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            readinessProbe: {
              httpGet: { path: '/health', port: 'http' },
              initialDelaySeconds: 5,
              periodSeconds: 5,
              timeoutSeconds: 5,
              failureThreshold: 3,
              successThreshold: 2,
            },
            livenessProbe: {
              httpGet: { path: '/health', port: 'http' },
              initialDelaySeconds: 10,
              periodSeconds: 10,
              timeoutSeconds: 5,
              failureThreshold: 3,
            },
            lifecycle: { preStop: { sleep: { seconds: 40 } } },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: tmp } }],
      },
    },
  });
});

test('secret variables are in a Secret that Pulumi names, so another value is another name', async () => {
  const { inputs } = one(await recordApi(), 'kubernetes:core/v1:Secret');
  expect(inputs).toMatchObject({ immutable: true, stringData: '<secret>' });
  expect(inputs.metadata).not.toHaveProperty('name');
  expect(all(await recordApi({ secrets: {} }), 'kubernetes:core/v1:Secret')).toEqual([]);
});

test('the autoscaler: 2 to 10 at the guide’s percentages, quick out and slow in', async () => {
  const { inputs } = one(await recordApi(), 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler');
  const metric = (name: string, averageUtilization: number) => ({
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization } },
  });
  expect(inputs.spec).toMatchObject({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [metric('cpu', 70), metric('memory', 80)],
    behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
  });
});

test('pods’ own addresses, and one at a time away from a node', async () => {
  const recording = await recordApi();
  expect(one(recording, 'kubernetes:core/v1:Service').inputs.spec).toEqual({
    clusterIP: 'None',
    publishNotReadyAddresses: false,
    selector: labels,
    ports: [{ name: 'http', port: 8081, targetPort: 'http' }],
  });
  expect(one(recording, 'kubernetes:policy/v1:PodDisruptionBudget').inputs.spec).toEqual({
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: labels },
  });
});

test('the edge and Prometheus come in; DNS, stores and 443 are let out', async () => {
  const credentialEndpoints = [{ cidr: '169.254.170.23/32', port: 80 }];
  const { spec } = one(
    await recordApi({ credentialEndpoints }),
    'kubernetes:networking.k8s.io/v1:NetworkPolicy',
  ).inputs;
  const tcp = (...ports: number[]) => ports.map((each) => ({ protocol: 'TCP', port: each }));
  const edge = { ...labels, 'app.kubernetes.io/name': 'api-edge' };
  const prometheus = { 'app.kubernetes.io/name': 'prometheus' };
  expect(spec).toEqual({
    podSelector: { matchLabels: labels },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: edge } }], ports: tcp(8081) },
      { from: [{ namespaceSelector: {}, podSelector: { matchLabels: prometheus } }], ports: tcp(8081) },
    ],
    egress: [
      {
        to: [
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } },
          { ipBlock: { cidr: '169.254.0.0/16' } },
        ],
        ports: [{ protocol: 'UDP', port: 53 }, ...tcp(53)],
      },
      { ports: tcp(443, 6379, 27017) },
      { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: tcp(80) },
    ],
  });
  const unwatched = one(await recordApi({ monitored: false }), 'kubernetes:networking.k8s.io/v1:NetworkPolicy');
  expect((unwatched.inputs.spec as { ingress: unknown[] }).ingress).toHaveLength(1);
});

test('a pull secret, and the authorities of stores', async () => {
  const { inputs } = one(
    await recordApi({
      pullSecretName: 'registry',
      authorities: { 'pulse-db': { secretName: 'pulse-db-ssl', key: 'ca.crt' } },
    }),
    deploymentType,
  );
  const spec = (inputs.spec as { template: { spec: Record<string, unknown> } }).template.spec;
  expect(spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
  expect(spec.volumes).toContainEqual({
    name: 'authorities',
    projected: {
      sources: [{ secret: { name: 'pulse-db-ssl', items: [{ key: 'ca.crt', path: 'pulse-db.crt' }] } }],
    },
  });
});

test('all faults in one message, and nothing created', () => {
  const wrong: WorkloadArgs = {
    ...api,
    image: 'pulse-api:latest',
    port: 80,
    capacity: { min: 3, max: 2, desired: 3 },
    scaling: { cpuPercent: 0, memoryPercent: 101 },
    healthCheck: { ...healthCheck, path: 'health' },
    environment: { 'NOT A NAME': '', REDIS_URL: '' },
    ports: [0],
  };
  expect(messageOf(() => new Workload('w', wrong)).split('\n')).toEqual([
    'Workload "w" cannot be created:',
    '  image: "pulse-api:latest" must be pinned by a tag other than latest, or by digest',
    '  port: 80 must be a whole number from 1024 to 65535',
    '  capacity.max: 2 is below the least, 3',
    '  scaling.cpuPercent: 0 must be a whole number from 1 to 100',
    '  scaling.memoryPercent: 101 must be a whole number from 1 to 100',
    '  healthCheck.path: "health" must begin with /',
    '  secrets.REDIS_URL: stands in environment too',
    '  environment.NOT A NAME: is no name of an environment variable',
    '  ports[0]: 0 must be a whole number from 1 to 65535',
  ]);
});
