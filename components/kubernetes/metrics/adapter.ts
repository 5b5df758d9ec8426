import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { measuring } from '../../../plan/nodes/workloads';
import { nameOf } from '../../naming';
import { API_PORTS, apiAccess } from '../api-access';
import { type Identity, labelsOf, metadataOf, selectorOf } from '../labels';
import { fromAnywhere, toAnywhere, toDns, toPods } from '../network-policies';
import { adapterConfig } from './adapter-config';
import { serveCertificate } from './adapter-certificate';
import type { Measured } from './measured';
import { parts } from './names';
import { pairOf } from './pair';
import { PROMETHEUS_PORT } from './prometheus';

export interface AdapterArgs {
  identity: Identity;
  namespace: pulumi.Input<string>;
  measured: Measured;
  image: string;
}

export const ADAPTER_IMAGE = 'registry.k8s.io/prometheus-adapter/prometheus-adapter:v0.12.0';
/** The kubelets' port: firewalls around a private control plane let it through without a rule of its own. */
const PORT = 10_250;
const CONFIG = '/etc/stackladder/adapter';
const CERTIFICATE = '/etc/stackladder/tls';

/** Asks the system's Prometheus and answers autoscalers, as the API group that a cluster has once. */
export function createAdapter(
  name: string,
  args: AdapterArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.apiregistration.v1.APIService {
  const { identity, namespace, measured } = args;
  const metadata = metadataOf(args);
  const account = new k8s.core.v1.ServiceAccount(
    nameOf('kubernetes', name),
    { metadata, automountServiceAccountToken: false },
    opts,
  );
  const rights = askWhoAsks(name, args, opts);
  const certificate = serveCertificate(name, args, opts);
  const config = new k8s.core.v1.ConfigMap(
    nameOf('kubernetes', name),
    {
      metadata: { namespace, labels: metadata.labels },
      immutable: true,
      data: { 'config.yaml': adapterConfig(measured) },
    },
    opts,
  );
  const probe = (path: string) => ({ httpGet: { path, port: 'main', scheme: 'HTTPS' }, timeoutSeconds: 5 });
  const { service } = pairOf(
    name,
    {
      ...args,
      serviceAccountName: identity.name,
      container: {
        name: 'adapter',
        image: args.image,
        args: [
          `--prometheus-url=http://${parts.prometheus}:${PROMETHEUS_PORT}/`,
          `--config=${CONFIG}/config.yaml`,
          `--secure-port=${PORT}`,
          `--tls-cert-file=${CERTIFICATE}/tls.crt`,
          `--tls-private-key-file=${CERTIFICATE}/tls.key`,
          '--metrics-relist-interval=30s',
          '--metrics-max-age=2m',
        ],
        readinessProbe: { ...probe('/readyz'), periodSeconds: 5 },
        livenessProbe: { ...probe('/livez'), periodSeconds: 20, initialDelaySeconds: 30 },
        volumeMounts: [
          { name: 'config', mountPath: CONFIG, readOnly: true },
          { name: 'certificate', mountPath: CERTIFICATE, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
          apiAccess.mount,
        ],
      },
      port: PORT,
      requests: measuring.adapter,
      limits: { cpu: '200m', memory: '256Mi' },
      volumes: [
        { name: 'config', configMap: { name: config.metadata.name } },
        { name: 'certificate', secret: { secretName: certificate.secretName } },
        { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
        apiAccess.volume,
      ],
      headless: false,
      servicePort: 443,
      // The control plane's addresses are the cloud's own; who asks is checked by the adapter.
      ingress: [fromAnywhere(PORT)],
      egress: [
        toDns,
        toAnywhere(...API_PORTS),
        toPods(selectorOf({ ...identity, name: parts.prometheus }), PROMETHEUS_PORT),
      ],
      dependsOn: [account, ...rights],
    },
    opts,
  );
  return new k8s.apiregistration.v1.APIService(
    nameOf('kubernetes', name),
    {
      metadata: {
        name: 'v1beta1.external.metrics.k8s.io',
        labels: metadata.labels,
        // cert-manager puts the authority in, and again when it has changed.
        annotations: { 'cert-manager.io/inject-ca-from': pulumi.interpolate`${namespace}/${certificate.name}` },
      },
      spec: {
        group: 'external.metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        service: { name: service.metadata.name, namespace, port: 443 },
      },
    },
    // Away before what answers for it: a namespace cannot end while a group of the API answers nothing.
    { ...opts, dependsOn: service },
  );
}

/** The rights of every server behind the API: to ask it who a caller is, and what the caller may do. */
function askWhoAsks(
  name: string,
  { identity, namespace }: AdapterArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const own = nameOf('kubernetes', identity.instance, identity.name);
  const labels = labelsOf(identity);
  const subjects = [{ kind: 'ServiceAccount', name: identity.name, namespace }];
  const apiGroup = 'rbac.authorization.k8s.io';
  return [
    new k8s.rbac.v1.ClusterRoleBinding(
      nameOf('kubernetes', name, 'delegator'),
      {
        metadata: { name: own, labels },
        roleRef: { apiGroup, kind: 'ClusterRole', name: 'system:auth-delegator' },
        subjects,
      },
      opts,
    ),
    new k8s.rbac.v1.RoleBinding(
      nameOf('kubernetes', name, 'reader'),
      {
        metadata: { name: own, namespace: 'kube-system', labels },
        roleRef: { apiGroup, kind: 'Role', name: 'extension-apiserver-authentication-reader' },
        subjects,
      },
      opts,
    ),
  ];
}
