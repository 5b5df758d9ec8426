import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { runnerUserData } from './user-data';

export interface IndexRunnerArgs {
  /** E.g. `nyc3`. A change replaces the droplet. */
  region: string;
  /** Network that reaches the database and has a NAT gateway. A change replaces the droplet. */
  vpcId: pulumi.Input<string>;
  /** The script for mongosh (`indexScript`); running it twice must do no harm. A change runs it, on a new droplet. */
  script: string;
  /** URL of the vault's secret that holds the database's URL. */
  secretUrl: pulumi.Input<string>;
  /** Fingerprints or ids of SSH keys: without one DigitalOcean would mail a root password. Nothing lets SSH in. */
  sshKeys: pulumi.Input<string>[];
  /** Image slug or id: Ubuntu 24.04, or what has its packages. */
  machineImage: string;
  /** Names of the tags that the database lets in, and that its firewall closes. */
  clientTags: pulumi.Input<string>[];
  /** Image with mongosh in it, pinned by tag or digest. Default: MongoDB's official image, from a registry without limit. */
  image?: string;
  tags: string[];
}

const DEFAULT_IMAGE = 'public.ecr.aws/docker/library/mongo:8.0.17';
/** The smallest droplet, 6 USD a month. */
const SIZE = 's-1vcpu-1gb';

/**
 * Creates the indexes of a document database from inside the network, whose trusted sources let nobody else in: a small
 * droplet that runs the script when it is made and at every boot, and turns itself off when all went well. Other
 * indexes make another droplet. `command` turns it on again and waits until it is on; that it is off soon after
 * (`doctl compute droplet get`) says that all indexes are there, and that it stays on says that one could not be made.
 *
 * Nothing reaches it: no public address, and a firewall without a way in.
 *
 * Cost: 6 USD a month; DigitalOcean counts a droplet that is off as one that is on.
 *
 * ```ts
 * const runner = new IndexRunner('pulse-prod-pulse-indexes-nyc3', {
 *   region: 'nyc3', vpcId: network.vpcId, script: indexScript('pulse', indexes), secretUrl,
 *   sshKeys: ['3b:16:…'], machineImage: 'ubuntu-24-04-x64', clientTags: [clients.name], tags: [],
 * });
 * export const createIndexes = runner.command;
 * ```
 */
export class IndexRunner extends pulumi.ComponentResource {
  /** One line for a shell with doctl: runs the script again. */
  readonly command: pulumi.Output<string>;
  readonly droplet: digitalocean.Droplet;
  readonly firewall: digitalocean.Firewall;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: IndexRunnerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { script, image = DEFAULT_IMAGE } = args;
    refuseFaults('IndexRunner', name, [
      must(script.trim() !== '', 'script', 'must not be empty'),
      must(
        /^[^\s'"]+(:(?!latest$)[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(image),
        'image',
        `"${image}" must be pinned by a tag other than latest, or by digest`,
      ),
      must(args.sshKeys.length > 0, 'sshKeys', 'none; without one DigitalOcean mails a root password'),
    ]);
    super('stackladder:digitalocean:IndexRunner', name, {}, opts);
    const tag = new digitalocean.Tag(nameOf('digitalocean', name), {}, { parent: this });
    this.firewall = this.closed(name, tag);
    this.droplet = new digitalocean.Droplet(
      nameOf('digitalocean:droplet', name),
      {
        region: args.region,
        size: SIZE,
        image: args.machineImage,
        vpcUuid: args.vpcId,
        publicNetworking: false,
        monitoring: true,
        sshKeys: args.sshKeys,
        tags: [tag.name, ...args.clientTags, ...args.tags],
        userData: pulumi.output(args.secretUrl).apply((secretUrl) => runnerUserData({ script, secretUrl, image })),
      },
      // Its name is taken until it is gone.
      { parent: this, dependsOn: this.firewall, deleteBeforeReplace: true },
    );
    this.command = pulumi.interpolate`doctl compute droplet-action power-on ${this.droplet.id} --wait`;
    this.registerOutputs({ command: this.command });
  }

  private closed(name: string, tag: digitalocean.Tag): digitalocean.Firewall {
    const out = { portRange: '1-65535', destinationAddresses: ['0.0.0.0/0', '::/0'] };
    return new digitalocean.Firewall(
      nameOf('digitalocean', name),
      {
        tags: [tag.name],
        outboundRules: [
          { protocol: 'tcp', ...out },
          { protocol: 'udp', ...out },
        ],
      },
      { parent: this },
    );
  }
}
