import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';

/** A small shop that has what a system has on a cluster: what a test changes is configuration. */
const config = new pulumi.Config('shop');
const kubeconfig = config.require('kubeconfig');
/** Runs as root, which the namespace forbids. */
const asRoot = config.getBoolean('asRoot') ?? false;
const banner = config.get('banner') ?? 'open';
const version = config.get('version') ?? '1';
const force = config.getBoolean('force') ?? false;

const opts: pulumi.CustomResourceOptions = { provider: new k8s.Provider('cluster', { kubeconfig }) };
const labels = { app: 'web' };

const shop = new k8s.core.v1.Namespace(
  'shop',
  { metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
  opts,
);
const namespace = shop.metadata.name;

const account = new k8s.core.v1.ServiceAccount('web', { metadata: { name: 'web', namespace } }, opts);
const url = new k8s.core.v1.Secret(
  'url',
  { metadata: { namespace }, stringData: { URL: config.requireSecret('url') } },
  opts,
);
const settings = new k8s.core.v1.ConfigMap(
  'settings',
  {
    metadata: { name: 'settings', namespace, annotations: force ? { 'pulumi.com/patchForce': 'true' } : {} },
    data: { banner },
  },
  opts,
);

/** What Pod Security's `restricted` asks for. */
const podSecurity: k8s.types.input.core.v1.PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: 10001,
  seccompProfile: { type: 'RuntimeDefault' },
};
const containerSecurity: k8s.types.input.core.v1.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};

const web = new k8s.apps.v1.Deployment(
  'web',
  {
    metadata: { name: 'web', namespace, annotations: { 'pulumi.com/timeoutSeconds': asRoot ? '5' : '180' } },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: account.metadata.name,
          securityContext: asRoot ? { runAsUser: 0 } : podSecurity,
          containers: [
            {
              name: 'web',
              image: `registry.example/web:${version}`,
              ports: [{ containerPort: 8080 }],
              envFrom: [{ secretRef: { name: url.metadata.name } }, { configMapRef: { name: settings.metadata.name } }],
              securityContext: containerSecurity,
              // Written in other words than the API server's.
              resources: { requests: { cpu: '0.5', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1024Mi' } },
            },
          ],
        },
      },
    },
  },
  opts,
);

new k8s.autoscaling.v2.HorizontalPodAutoscaler(
  'web',
  {
    metadata: { name: 'web', namespace },
    spec: {
      minReplicas: 2,
      maxReplicas: 4,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: web.metadata.name },
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      ],
    },
  },
  opts,
);

const front = new k8s.core.v1.Service(
  'web',
  {
    metadata: { name: 'web', namespace },
    spec: { type: 'LoadBalancer', selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
  },
  { ...opts, dependsOn: [web] },
);

new k8s.apps.v1.StatefulSet(
  'db',
  {
    metadata: { name: 'db', namespace },
    spec: {
      serviceName: 'db',
      replicas: 2,
      selector: { matchLabels: { app: 'db' } },
      template: {
        metadata: { labels: { app: 'db' } },
        spec: {
          securityContext: podSecurity,
          containers: [
            {
              name: 'db',
              image: 'registry.example/db:1',
              securityContext: containerSecurity,
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
  opts,
);

export const address = front.status.loadBalancer.ingress.apply(([first]) => first?.ip);
