import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { nameOf } from '../naming';
import { type Identity, labelsOf, podLabelsOf } from './labels';
import { containerSecurity, podSecurity } from './pod-security';
import { storeSizeOf } from './store-size';

/** What a node of Valkey is wherever one runs here: its password, its files, its pod and its volume. */

export const CONFIG_FOLDER = '/etc/stackladder/valkey';
export const DATA = '/data';
export const OWN_FILE = '/tmp/own.conf';
export const PASSWORD_KEY = 'password';

/** Of every node at every phase: Kubernetes lets nobody change it later. Four times the largest node's memory. */
const VOLUME = '8Gi';
/** Seconds to write what is in memory to the disk: with the log on it is there within one, a rewrite takes longer. */
const ENDING_SECONDS = 60;

/** The newest patch of each minor version that the project knows; all have the fix of CVE-2025-49844. */
export const images: Record<string, string> = {
  '7.2': 'docker.io/valkey/valkey:7.2.11',
  '8.0': 'docker.io/valkey/valkey:8.0.6',
  '8.1': 'docker.io/valkey/valkey:8.1.4',
};

export function imageOf({ image, engineVersion }: { image?: string; engineVersion: string }): string {
  return image ?? images[engineVersion]!;
}

interface Place {
  identity: Identity;
  namespace: pulumi.Input<string>;
}

/** A password that clients are asked for, and the Secret that pods have it from. */
export function valkeyPassword(
  name: string,
  { identity, namespace, protect }: Place & { protect: boolean },
  parent: pulumi.Resource,
): { password: random.RandomPassword; secretName: pulumi.Output<string> } {
  const password = new random.RandomPassword(
    nameOf('random', name, 'password'),
    // Letters and digits alone need no escaping in a URL, nor in Valkey's file.
    { length: 48, special: false },
    { parent, protect },
  );
  const secret = new k8s.core.v1.Secret(
    nameOf('kubernetes', name),
    {
      metadata: { namespace, labels: labelsOf(identity) },
      type: 'Opaque',
      immutable: true,
      stringData: { [PASSWORD_KEY]: password.result },
    },
    { parent },
  );
  return { password, secretName: secret.metadata.name };
}

/** A variable with the password. */
export function passwordVariable(name: string, secretName: pulumi.Input<string>): k8s.types.input.core.v1.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key: PASSWORD_KEY } } };
}

/** Valkey's file, which is the same on every node. Named by Pulumi: another one is another ConfigMap, and other pods. */
export function valkeyFile(
  name: string,
  { identity, namespace }: Place,
  text: string,
  parent: pulumi.Resource,
): k8s.core.v1.ConfigMap {
  return new k8s.core.v1.ConfigMap(
    nameOf('kubernetes', name),
    { metadata: { namespace, labels: labelsOf(identity) }, immutable: true, data: { 'valkey.conf': text } },
    { parent },
  );
}

export interface ValkeyNode {
  identity: Identity;
  image: string;
  /** Its size, `<cpu>/<memory>`. */
  nodeType: string;
  port: number;
  /** Ports besides the clients', by name. Default: none. */
  morePorts?: Record<string, number>;
  /** What the container runs, and the variable that the password is in. */
  script: string;
  passwordVariable: string;
  /** Variables besides the password. Default: none. */
  environment?: k8s.types.input.core.v1.EnvVar[];
  affinity?: k8s.types.input.core.v1.Affinity;
  configName: pulumi.Input<string>;
  secretName: pulumi.Input<string>;
}

/** The pod of a node. Pure but for the names of what it mounts. */
export function valkeyPod(node: ValkeyNode): k8s.types.input.core.v1.PodTemplateSpec {
  const { port, script, morePorts = {}, environment = [], affinity } = node;
  const { cpu, cpuMillis, memory } = storeSizeOf(node.nodeType);
  const asked = `REDISCLI_AUTH="$${node.passwordVariable}" valkey-cli -p ${port} ping`;
  const ask = (test: string) => ({
    exec: { command: ['/bin/sh', '-c', `${asked} | grep -q ${test}`] },
    timeoutSeconds: 3,
  });
  return {
    metadata: { labels: podLabelsOf(node.identity) },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurity,
      affinity,
      terminationGracePeriodSeconds: ENDING_SECONDS,
      containers: [
        {
          name: 'valkey',
          image: node.image,
          imagePullPolicy: 'Always',
          command: ['/bin/sh', '-c', script],
          env: [passwordVariable(node.passwordVariable, node.secretName), ...environment],
          ports: Object.entries({ valkey: port, ...morePorts }).map(([name, containerPort]) => ({
            name,
            containerPort,
          })),
          resources: {
            requests: { cpu, memory, 'ephemeral-storage': '16Mi' },
            // Room for a rewrite beside the one thread that answers.
            limits: { cpu: `${cpuMillis * 2}m`, memory, 'ephemeral-storage': '64Mi' },
          },
          securityContext: containerSecurity,
          // While it still reads its file it answers LOADING: it lives, and is not ready.
          readinessProbe: { ...ask('PONG'), periodSeconds: 5 },
          livenessProbe: { ...ask('-e PONG -e LOADING'), periodSeconds: 10, failureThreshold: 6 },
          volumeMounts: [
            { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
            { name: 'data', mountPath: DATA },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: node.configName } },
        { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
      ],
    },
  };
}

/** What is the same of every stateful set of nodes: one leaves after the other, and volumes stay whatever happens. */
export const keptSet = {
  updateStrategy: { type: 'RollingUpdate' },
  persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  revisionHistoryLimit: 5,
};

/** The volume of each node. */
export function valkeyVolumes(storageClassName: string | undefined): k8s.types.input.core.v1.PersistentVolumeClaim[] {
  return [
    {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage: VOLUME } } },
    },
  ];
}
