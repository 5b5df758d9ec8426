import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { type Identity, metadataOf } from '../labels';
import type { Measured } from './measured';
import { signalRules } from './rules';

export interface SignalRecordingArgs {
  identity: Identity;
  namespace: pulumi.Input<string>;
  measured: Measured;
}

/**
 * What autoscalers ask for, worked out by a Prometheus that is there already: the rules as the Prometheus operator takes
 * them. The adapter that serves external metrics on the cluster must read them from there.
 *
 * Cost: none.
 *
 * ```ts
 * new SignalRecording('sv-sdk-prod-signals', {
 *   identity: { name: 'metrics-signals', instance: 'sv-sdk-prod' }, namespace: namespace.name, measured: measuredOf(plan),
 * });
 * ```
 */
export class SignalRecording extends pulumi.ComponentResource {
  constructor(
    name: string,
    { identity, namespace, measured }: SignalRecordingArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('stackladder:kubernetes:SignalRecording', name, {}, opts);
    new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name),
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
        metadata: metadataOf({ identity, namespace }),
        spec: signalRules(measured),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
