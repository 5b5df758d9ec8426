import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { agentConfiguration } from './cloudwatch-agent';
import { environmentFile } from '../../instances/environment-file';
import { ecrRepository } from './image-reference';
import { partsTogether } from '../../instances/part';
import { poolerPart, poolerUnit, type InstancePoolerOptions } from '../../instances/pooler';
import { queueDepthPart, type QueueDepthOptions } from '../../instances/queue-depth';
import { configurationFolder, scriptFolder, serviceName, serviceUnit } from '../../instances/service-unit';
import { drainPart } from '../worker-group/drain';
import { fetchSecrets, pullImage, runContainer } from './service-files';
import { watchSecretsPart } from './watch-secrets';

export interface UserDataOptions {
  image: string;
  port?: number;
  command?: string[];
  region: string;
  /** Name of the log group that the container writes to. */
  logGroup: string;
  environment: Record<string, string>;
  /** Environment variable to the ARN of the secret that fills it. */
  secrets: Record<string, string>;
  drainSeconds: number;
  readOnlyRootFilesystem: boolean;
  pooler?: InstancePoolerOptions;
  queueDepth?: QueueDepthOptions;
  /** Name of the group's hook that waits until a running job has ended. */
  drainHook?: string;
  /** Whether the service starts again when one of its secrets has a new value. */
  watchSecrets?: boolean;
}

/** EC2's limit on user data before it is base64-encoded; cloud-init unpacks what is compressed. */
const limit = 16 * 1024;

/**
 * The first-boot document of an instance, for cloud-init on Amazon Linux 2023: installs Docker and the CloudWatch
 * agent, writes the service's files, and starts both. It says where secrets are and never what they are.
 *
 * Pure: the same options give the same document, so instances are only replaced when something about them changed.
 *
 * @throws Error for a variable that does not fit on a line, by name
 */
export function userData(options: UserDataOptions): string {
  const { pooler, queueDepth, drainHook, region, drainSeconds } = options;
  const beside = partsTogether([
    ...(pooler ? [poolerPart(pooler)] : []),
    ...(queueDepth ? [queueDepthPart(queueDepth)] : []),
    ...(drainHook ? [drainPart({ region, hook: drainHook })] : []),
    ...(options.watchSecrets ? [watchSecretsPart(Object.values(options.secrets))] : []),
  ]);
  const pooled = pooler && { unit: poolerUnit, script: `${scriptFolder}/pooled-urls` };
  const document = {
    packages: ['docker', 'amazon-cloudwatch-agent'],
    write_files: [
      file(`${configurationFolder}/service.env`, '0644', `IMAGE=${options.image}\n`),
      file(`${configurationFolder}/environment`, '0600', environmentFile(options.environment)),
      file(`${configurationFolder}/cloudwatch-agent.json`, '0644', agentConfiguration()),
      file(`${scriptFolder}/fetch-secrets`, '0755', fetchSecrets(options.secrets)),
      file(`${scriptFolder}/pull-image`, '0755', pullImage(ecrRepository(options.image))),
      file(`${scriptFolder}/run-container`, '0755', runContainer(options)),
      file(`/etc/systemd/system/${serviceName}.service`, '0644', serviceUnit(drainSeconds, pooled)),
      ...beside.files.map(({ path, permissions, content }) => file(path, permissions, content)),
    ],
    runcmd: [
      [
        '/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl',
        ...['-a', 'fetch-config', '-m', 'ec2', '-s', '-c', `file:${configurationFolder}/cloudwatch-agent.json`],
      ],
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', 'docker.service'],
      // The service waits for its secrets and image by itself; the boot need not wait for it.
      ...[...beside.units, `${serviceName}.service`].map((unit) => [
        'systemctl',
        'enable',
        '--now',
        '--no-block',
        unit,
      ]),
    ],
  };
  // cloud-init reads YAML 1.1, where `0600` and `yes` would be a number and a boolean. No folding: lines stay whole.
  return `#cloud-config\n${stringify(document, { version: '1.1', lineWidth: 0 })}`;
}

/**
 * The document as it is or, where it is too long for EC2, compressed, which cloud-init sees for itself.
 *
 * @throws Error for a document that is above 16 KiB even so, with its size
 */
export function fitting(document: string): Buffer {
  const plain = Buffer.from(document);
  if (plain.length <= limit) return plain;
  const packed = gzipSync(plain, { level: 9 });
  packed[SYSTEM_BYTE] = UNKNOWN_SYSTEM; // the same bytes, and so no new instances, whoever runs `up`
  if (packed.length <= limit) return packed;
  throw new Error(
    `user data would have ${packed.length} bytes compressed and EC2 takes ${limit}: give the service fewer or shorter variables`,
  );
}

/** Of gzip's header (RFC 1952): which operating system compressed, 255 for unknown. */
const SYSTEM_BYTE = 9;
const UNKNOWN_SYSTEM = 255;

function file(path: string, permissions: string, content: string) {
  return { path, permissions, owner: 'root:root', content };
}
