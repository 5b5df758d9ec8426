import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { Plan } from '../../plan/types';
import type { ProviderSettings } from '../platform';
import { EmailChannels } from './alerts/email-channels';
import type { ContentSigning } from './content-delivery/content-delivery';
import type { ServiceEntry } from './entry/service-entry';
import { labelsOf } from './labels';
import { Network } from './network/network';
import { PrivateServices } from './network/private-services';
import { EnabledApis } from './project/enabled-apis';
import { QueueMetrics } from './queue-metrics/queue-metrics';
import type { CloudSql } from './relational/cloud-sql';

/** What all parts of a plan share on Google Cloud: the project, its network, and what is made once for all regions. */
export class GcpStack {
  readonly projectId: string;
  readonly provider: gcp.Provider;
  /** For every component here; they wait for the APIs that they call. */
  readonly options: pulumi.ComponentResourceOptions;
  readonly labels: Record<string, string>;
  readonly network: Network;
  /** Where stores have their addresses that Google gives one, as Cloud SQL. */
  readonly privateServices: PrivateServices;
  /** The relational database, where there is one of the stack's own. */
  cloudSql?: CloudSql;
  /** Entries of services on instances, by the service's name. */
  readonly entries = new Map<string, ServiceEntry>();
  /** What signs URLs of private content; undefined where nothing is signed. */
  signing?: ContentSigning;
  private madeChannels?: EmailChannels;
  private madeQueueMetrics?: QueueMetrics;

  /** @throws Error without a project: the configuration's checks say it before */
  constructor(
    readonly plan: Plan,
    providers: ProviderSettings,
  ) {
    const { prefix, accounts, regions, tags } = plan;
    const { projectId } = accounts.gcp;
    if (projectId === undefined) throw new Error('gcp.projectId is not set: nothing can be made without a project');
    this.projectId = projectId;
    this.provider = new gcp.Provider(`${prefix}-gcp`, {
      ...providers.gcp,
      project: projectId,
      region: regions[0]!.name,
      // Calls count on this project's quota, also those that belong to no project of their own: budgets.
      userProjectOverride: true,
      billingProject: projectId,
    });
    this.labels = labelsOf(tags);
    const apis = new EnabledApis(`${prefix}-apis`, { projectId }, { providers: [this.provider] });
    this.options = { providers: [this.provider], dependsOn: [apis] };
    this.network = new Network(`${prefix}-network`, this.options);
    this.privateServices = new PrivateServices(
      `${prefix}-services`,
      { network: this.network.id, cidr: regions[0]!.cidr, labels: this.labels },
      this.options,
    );
  }

  /** Google's own number of the project, which some of its accounts are named by. */
  get projectNumber(): pulumi.Output<string> {
    return gcp.organizations.getProjectOutput({ projectId: this.projectId }, { provider: this.provider }).number;
  }

  /** Who is told. Made when something first has to tell. */
  get channels(): EmailChannels {
    const { prefix, alertEmails: emails } = this.plan;
    return (this.madeChannels ??= new EmailChannels(
      `${prefix}-channels`,
      { emails, labels: this.labels },
      this.options,
    ));
  }

  /** What workers write of their queues. Made when something first reads or writes it. */
  get queueMetrics(): QueueMetrics {
    const { prefix } = this.plan;
    return (this.madeQueueMetrics ??= new QueueMetrics(`${prefix}-queues`, { prefix }, this.options));
  }
}
