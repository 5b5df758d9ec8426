import { stringify } from 'yaml';
import { agentConfiguration } from './cloudwatch-agent';
import { environmentFile } from '../../instances/environment-file';
import { ecrRepository } from './image-reference';
import { configurationFolder, scriptFolder, serviceName, serviceUnit } from '../../instances/service-unit';
import { fetchSecrets, pullImage, runContainer } from './service-files';

export interface UserDataOptions {
  image: string;
  port: number;
  region: string;
  /** Name of the log group that the container writes to. */
  logGroup: string;
  environment: Record<string, string>;
  /** Environment variable to the ARN of the secret that fills it. */
  secrets: Record<string, string>;
  drainSeconds: number;
  readOnlyRootFilesystem: boolean;
}

/** EC2's limit on user data before it is base64-encoded. */
const limit = 16 * 1024;

/**
 * The first-boot document of an instance, for cloud-init on Amazon Linux 2023: installs Docker and the CloudWatch
 * agent, writes the service's files, and starts both. It says where secrets are and never what they are.
 *
 * Pure: the same options give the same document, so instances are only replaced when something about them changed.
 *
 * @throws Error for a variable that does not fit on a line, by name, and for a document above 16 KiB, with its size
 */
export function userData(options: UserDataOptions): string {
  const document = {
    packages: ['docker', 'amazon-cloudwatch-agent'],
    write_files: [
      file(`${configurationFolder}/service.env`, '0644', `IMAGE=${options.image}\n`),
      file(`${configurationFolder}/environment`, '0600', environmentFile(options.environment)),
      file(`${configurationFolder}/cloudwatch-agent.json`, '0644', agentConfiguration()),
      file(`${scriptFolder}/fetch-secrets`, '0755', fetchSecrets(options.secrets)),
      file(`${scriptFolder}/pull-image`, '0755', pullImage(ecrRepository(options.image))),
      file(`${scriptFolder}/run-container`, '0755', runContainer(options)),
      file(`/etc/systemd/system/${serviceName}.service`, '0644', serviceUnit(options.drainSeconds)),
    ],
    runcmd: [
      [
        '/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl',
        ...['-a', 'fetch-config', '-m', 'ec2', '-s', '-c', `file:${configurationFolder}/cloudwatch-agent.json`],
      ],
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', 'docker.service'],
      // The service waits for its secrets and image by itself; the boot need not wait for it.
      ['systemctl', 'enable', '--now', '--no-block', `${serviceName}.service`],
    ],
  };
  // cloud-init reads YAML 1.1, where `0600` and `yes` would be a number and a boolean. No folding: lines stay whole.
  const text = `#cloud-config\n${stringify(document, { version: '1.1', lineWidth: 0 })}`;
  const size = Buffer.byteLength(text);
  if (size > limit) {
    throw new Error(
      `user data would have ${size} bytes and EC2 takes ${limit}: give the service fewer or shorter variables`,
    );
  }
  return text;
}

function file(path: string, permissions: string, content: string) {
  return { path, permissions, owner: 'root:root', content };
}
