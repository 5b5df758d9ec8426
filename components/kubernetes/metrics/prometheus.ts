import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { measuring } from '../../../plan/nodes/workloads';
import { stringify } from 'yaml';
import { nameOf } from '../../naming';
import { ACCOUNT, API_PORTS, apiAccess } from '../api-access';
import { type Identity, labelsOf, selectorOf } from '../labels';
import { fromPods, toAnywhere, toDns, toPods } from '../network-policies';
import type { Measured } from './measured';
import { parts } from './names';
import { type Pair, pairOf } from './pair';
import { EXPORTER_PORT, KUBELET_PORT, prometheusConfig } from './prometheus-config';
import { signalRules } from './rules';

export interface PrometheusArgs {
  identity: Identity;
  namespace: pulumi.Input<string>;
  measured: Measured;
  image: string;
}

/** The long-term line, kept up for a year. */
export const PROMETHEUS_IMAGE = 'quay.io/prometheus/prometheus:v3.5.0';
export const PROMETHEUS_PORT = 9090;
const CONFIG = '/etc/stackladder/prometheus';
/** Conditions look back an hour at most. Nothing is kept beyond the pod. */
const RETENTION = '2h';

/**
 * Two small Prometheus of the system's own, each with all numbers in memory and no volume: a restarted one waits until it
 * knows the minutes that its rules ask for. They may list nodes and read the kubelets' measurements, and nothing else.
 */
export function createPrometheus(name: string, args: PrometheusArgs, opts: pulumi.CustomResourceOptions): Pair {
  const { identity, namespace, measured } = args;
  const labels = labelsOf(identity);
  const account = new k8s.core.v1.ServiceAccount(
    nameOf('kubernetes', name),
    { metadata: { name: identity.name, namespace, labels }, automountServiceAccountToken: false },
    opts,
  );
  const rights = allowMeasurements(name, args, opts);
  const files = {
    'prometheus.yml': prometheusConfig(measured, { rules: `${CONFIG}/rules.yml`, account: ACCOUNT }),
    'rules.yml': stringify(signalRules(measured)),
  };
  const config = new k8s.core.v1.ConfigMap(
    nameOf('kubernetes', name),
    { metadata: { namespace, labels }, immutable: true, data: files },
    opts,
  );
  const probe = (path: string) => ({ httpGet: { path, port: 'main' }, timeoutSeconds: 5 });
  return pairOf(
    name,
    {
      ...args,
      serviceAccountName: identity.name,
      container: {
        name: 'prometheus',
        image: args.image,
        args: [
          `--config.file=${CONFIG}/prometheus.yml`,
          '--storage.tsdb.path=/prometheus',
          `--storage.tsdb.retention.time=${RETENTION}`,
          `--web.listen-address=:${PROMETHEUS_PORT}`,
        ],
        readinessProbe: { ...probe('/-/ready'), periodSeconds: 5 },
        livenessProbe: { ...probe('/-/healthy'), periodSeconds: 20, initialDelaySeconds: 30 },
        volumeMounts: [
          { name: 'config', mountPath: CONFIG, readOnly: true },
          { name: 'data', mountPath: '/prometheus' },
          apiAccess.mount,
        ],
      },
      port: PROMETHEUS_PORT,
      requests: measuring.prometheus,
      limits: { cpu: '500m', memory: '512Mi' },
      volumes: [
        { name: 'config', configMap: { name: config.metadata.name } },
        { name: 'data', emptyDir: { sizeLimit: '512Mi' } },
        apiAccess.volume,
      ],
      headless: false,
      ingress: [fromPods(selectorOf({ ...identity, name: parts.adapter }), PROMETHEUS_PORT)],
      egress: [
        toDns,
        toAnywhere(...API_PORTS, KUBELET_PORT),
        toPods(selectorOf({ ...identity, name: parts.queues }), EXPORTER_PORT),
        ...measured.services.map((service) => toPods(selectorOf({ ...identity, name: service.name }), service.port)),
      ],
      dependsOn: [account, rights],
    },
    opts,
  );
}

/** Nodes are the cluster's, so what may read them is too; its name carries the stack's. */
function allowMeasurements(
  name: string,
  { identity, namespace }: PrometheusArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.rbac.v1.ClusterRoleBinding {
  const metadata = { name: nameOf('kubernetes', identity.instance, identity.name), labels: labelsOf(identity) };
  const role = new k8s.rbac.v1.ClusterRole(
    nameOf('kubernetes', name),
    {
      metadata,
      rules: [
        { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      ],
    },
    opts,
  );
  return new k8s.rbac.v1.ClusterRoleBinding(
    nameOf('kubernetes', name),
    {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: identity.name, namespace }],
    },
    opts,
  );
}
