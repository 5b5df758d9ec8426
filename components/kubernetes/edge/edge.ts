import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { disruptionBudget } from '../disruption-budget';
import { labelsOf, metadataOf, selectorOf } from '../labels';
import { letThrough } from '../let-through';
import { fromAnywhere, fromPrometheus, toDns, toPods } from '../network-policies';
import { rolloutTimeouts } from '../rollout';
import { scalingOf } from '../scaling';
import type { BalancerAddress } from '../surroundings';
import { type EdgeArgs, faultsOf } from './arguments';
import { nginxConfig, ports } from './nginx-config';
import { edgePod, stepMinutes } from './pod';
import { routedHosts } from './routing';
import { CERTIFICATE_FOLDER, RESOLVER_FILE, TEMPORARY } from './start';

export type { EdgeArgs };

/** nginx is all CPU: its memory says nothing about its load. */
const CPU_PERCENT = 70;

/**
 * nginx in front of a service: TLS, the redirect from HTTP, rules of routing, the limit per client, WebSockets, and
 * least_conn (or a client's own pod, by a cookie) over the pods' own addresses, which it asks DNS for (a ClusterIP would hide them, and with them least_conn and max_fails). It
 * stands behind a balancer of the cloud that passes TCP on. A changed configuration rolls the replicas over; a renewed
 * certificate is loaded within five minutes of its arrival.
 *
 * The limit is counted by each replica for itself: a client whose connections land on all of them gets as many times
 * the limit.
 *
 * Cost: the cloud's balancer (an NLB: 0.0225 × 730 = 16.43 USD a month and its traffic), and 100m of CPU and 128Mi
 * of the nodes for each replica.
 *
 * ```ts
 * const edge = new Edge('pulse-prod-api-edge', {
 *   identity: { name: 'api-edge', instance: 'pulse-prod' }, namespace: namespace.name, domain: 'api.pulse.io',
 *   upstream: { identity: api.identity, host: api.host }, port: 8081, proxy, healthCheck, idleTimeoutSeconds: 60,
 *   drainSeconds: 30, capacity: { min: 2, max: 4 }, requests: { cpu: '100m', memory: '128Mi' }, certificateIssuer: 'letsencrypt',
 *   balancer: { annotations: {}, proxyProtocol: false, trustedProxies: [] },
 * });
 * ```
 */
export class Edge extends pulumi.ComponentResource {
  /** Of the balancer in front. Known when the cloud has made it. */
  readonly address: pulumi.Output<BalancerAddress>;
  readonly deployment: k8s.apps.v1.Deployment;
  readonly service: k8s.core.v1.Service;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('Edge', name, faultsOf(args));
    super('stackladder:kubernetes:Edge', name, {}, opts);
    const policy = this.networkPolicy(name, args);
    const certificate = this.certificate(name, args);
    const config = this.configuration(name, args);
    this.deployment = this.createDeployment(name, args, config.metadata.name, certificate, policy);
    this.scaling(name, args);
    disruptionBudget(name, args, { parent: this });
    this.service = this.balancer(name, args);
    this.address = this.service.status.apply(addressOf);
    this.registerOutputs({ address: this.address });
  }

  private networkPolicy(name: string, args: EdgeArgs): k8s.networking.v1.NetworkPolicy {
    return letThrough(
      name,
      args,
      {
        ingress: [fromAnywhere(ports.http, ports.https), fromPrometheus(ports.status)],
        egress: [toDns, toPods(selectorOf(args.upstream.identity), args.port)],
      },
      { parent: this },
    );
  }

  /** Name of the Secret with the certificate; it keeps its name when cert-manager renews it. */
  private certificate(name: string, args: EdgeArgs): string {
    if (args.certificateIssuer === undefined) return args.tlsSecretName!;
    const secretName = nameOf('kubernetes', args.identity.name, 'tls');
    new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name, 'certificate'),
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: metadataOf(args),
        spec: {
          secretName,
          dnsNames: [args.domain, ...routedHosts(args.routing, args.domain)],
          issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: args.certificateIssuer },
          privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
          usages: ['digital signature', 'server auth'],
        },
      },
      { parent: this },
    );
    return secretName;
  }

  /** Named by Pulumi and replaced when it changes, so that the replicas follow a new configuration. */
  private configuration(name: string, args: EdgeArgs): k8s.core.v1.ConfigMap {
    const { domain, proxy, healthCheck, rateLimit, routing, idleTimeoutSeconds, drainSeconds, balancer, port } = args;
    const nginx = pulumi.output(args.upstream.host).apply((host) =>
      nginxConfig({
        domain,
        proxy,
        rateLimit,
        routing,
        idleTimeoutSeconds,
        drainSeconds,
        healthPath: healthCheck.path,
        upstream: { kind: 'resolved', host, port, resolverFile: RESOLVER_FILE },
        proxyProtocol: balancer.proxyProtocol,
        trustedProxies: balancer.trustedProxies,
        certificates: CERTIFICATE_FOLDER,
        temporary: TEMPORARY,
      }),
    );
    return new k8s.core.v1.ConfigMap(
      nameOf('kubernetes', name),
      {
        metadata: { namespace: args.namespace, labels: labelsOf(args.identity) },
        immutable: true,
        data: { 'nginx.conf': nginx },
      },
      { parent: this },
    );
  }

  private createDeployment(
    name: string,
    args: EdgeArgs,
    configName: pulumi.Input<string>,
    tlsSecretName: string,
    policy: pulumi.Resource,
  ): k8s.apps.v1.Deployment {
    return new k8s.apps.v1.Deployment(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: {
          // No `replicas`: the autoscaler is their one owner.
          selector: { matchLabels: selectorOf(args.identity) },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
          revisionHistoryLimit: 5,
          // A balancer needs some looks at a node before it sends anybody there: till then the old replica stays.
          minReadySeconds: 15,
          template: edgePod(args, configName, tlsSecretName),
        },
      },
      { parent: this, dependsOn: policy, customTimeouts: rolloutTimeouts(args, stepMinutes(args.balancer)) },
    );
  }

  private scaling(name: string, args: EdgeArgs): void {
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: scalingOf({ target: args.identity.name, capacity: args.capacity, cpuPercent: CPU_PERCENT }),
      },
      { parent: this, dependsOn: this.deployment },
    );
  }

  private balancer(name: string, args: EdgeArgs): k8s.core.v1.Service {
    const { annotations, loadBalancerClass, address } = args.balancer;
    return new k8s.core.v1.Service(
      nameOf('kubernetes', name),
      {
        metadata: { ...metadataOf(args), annotations },
        spec: {
          type: 'LoadBalancer',
          loadBalancerClass,
          loadBalancerIP: address,
          // Only nodes with a replica are sent to, and the client's address stays on the packet.
          externalTrafficPolicy: 'Local',
          selector: selectorOf(args.identity),
          ports: [
            { name: 'http', port: 80, targetPort: 'http' },
            { name: 'https', port: 443, targetPort: 'https' },
          ],
        },
      },
      { parent: this },
    );
  }
}

function addressOf(status: k8s.types.output.core.v1.ServiceStatus | undefined): BalancerAddress {
  const { ip, hostname } = status?.loadBalancer?.ingress?.[0] ?? {};
  return { ip, hostname };
}
