import { environmentFile } from '../../instances/environment-file';
import { configurationFolder, scriptFolder, serviceName, serviceUnit } from '../../instances/service-unit';
import { cloudConfig, file } from './cloud-config';
import { proxyConfig, type ProxyOptions } from './proxy-config';
import { closeMetadata, fetchSecrets, pullImage, runContainer } from './service-files';

export interface UserDataOptions {
  image: string;
  port: number;
  proxy: Pick<ProxyOptions, 'balancerCidr' | 'healthPath' | 'rateLimit' | 'idleTimeoutSeconds'>;
  environment: Record<string, string>;
  /** Environment variable to the URL of the secret that fills it. */
  secrets: Record<string, string>;
  registrySecret?: string;
  drainSeconds: number;
}

/**
 * The first-boot document of a droplet, for cloud-init on Ubuntu 24.04: installs Docker and nginx, writes the service's
 * files, and starts both. It says where secrets are, which is of use inside the network alone (`SecretVault`), and never
 * what they are.
 *
 * Pure: the same options give the same document, so droplets are only replaced when something about them changed.
 *
 * @throws Error for a variable that does not fit on a line, by name, and for a document that is too long
 */
export function userData(options: UserDataOptions): string {
  const { port, drainSeconds } = options;
  const containerPort = innerPort(port);
  return cloudConfig({
    packages: ['docker.io', 'nginx'],
    write_files: [
      file(`${configurationFolder}/service.env`, '0644', `IMAGE=${options.image}\n`),
      file(`${configurationFolder}/environment`, '0600', environmentFile(options.environment)),
      file(`${scriptFolder}/close-metadata`, '0755', closeMetadata()),
      file(`${scriptFolder}/fetch-secrets`, '0755', fetchSecrets(options.secrets, options.registrySecret)),
      file(`${scriptFolder}/pull-image`, '0755', pullImage()),
      file(`${scriptFolder}/run-container`, '0755', runContainer({ port, containerPort, drainSeconds })),
      file(`/etc/systemd/system/${serviceName}.service`, '0644', serviceUnit(drainSeconds)),
      file('/etc/nginx/conf.d/stackladder.conf', '0644', proxyConfig({ ...options.proxy, port, containerPort })),
    ],
    runcmd: [
      ['rm', '-f', '/etc/nginx/sites-enabled/default'],
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', 'docker.service'],
      // The service waits for its secrets and image by itself; the boot need not wait for it.
      ['systemctl', 'enable', '--now', '--no-block', `${serviceName}.service`],
      ['systemctl', 'enable', 'nginx.service'],
      ['systemctl', 'restart', 'nginx.service'],
    ],
  });
}

/** Where the container is reached on the droplet's loopback; nginx has the service's own port. */
function innerPort(port: number): number {
  return port === 9000 ? 9001 : 9000;
}
