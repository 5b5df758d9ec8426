import { environmentFile } from '../../instances/environment-file';
import { partsTogether, type InstancePart } from '../../instances/part';
import { poolerPart, poolerUnit, type InstancePoolerOptions } from '../../instances/pooler';
import { configurationFolder, scriptFolder, serviceName, serviceUnit } from '../../instances/service-unit';
import { cloudConfig, file, type CloudConfig } from './cloud-config';
import { proxyConfig, type ProxyOptions } from './proxy-config';
import { closeMetadata, fetchSecrets, pullImage, runContainer } from './service-files';

export interface UserDataOptions {
  image: string;
  /** What the container runs instead of its image's own command. */
  command?: string[];
  /** nginx in front, on the service's own port. Undefined: a worker, which nobody connects to. */
  proxy?: Omit<ProxyOptions, 'containerPort'>;
  environment: Record<string, string>;
  /** Environment variable to the URL of the secret that fills it. */
  secrets: Record<string, string>;
  registrySecret?: string;
  /** PgBouncer beside the container. */
  pooler?: InstancePoolerOptions;
  /** What else runs beside it. */
  parts?: InstancePart[];
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
  const { proxy, drainSeconds, pooler, command } = options;
  const ports = proxy && { port: proxy.port, containerPort: innerPort(proxy.port) };
  const beside = pooler && { unit: poolerUnit, script: `${scriptFolder}/pooled-urls` };
  const parts = partsTogether([...(pooler ? [poolerPart(pooler)] : []), ...(options.parts ?? [])]);
  return cloudConfig({
    packages: ['docker.io', ...(proxy ? ['nginx'] : [])],
    write_files: [
      file(`${configurationFolder}/service.env`, '0644', `IMAGE=${options.image}\n`),
      file(`${configurationFolder}/environment`, '0600', environmentFile(options.environment)),
      file(`${scriptFolder}/close-metadata`, '0755', closeMetadata()),
      file(`${scriptFolder}/fetch-secrets`, '0755', fetchSecrets(options.secrets, options.registrySecret)),
      file(`${scriptFolder}/pull-image`, '0755', pullImage()),
      file(`${scriptFolder}/run-container`, '0755', runContainer({ ports, drainSeconds, command })),
      file(`/etc/systemd/system/${serviceName}.service`, '0644', serviceUnit(drainSeconds, beside)),
      ...parts.files.map(({ path, permissions, content }) => file(path, permissions, content)),
      ...(proxy && ports
        ? [file('/etc/nginx/conf.d/stackladder.conf', '0644', proxyConfig({ ...proxy, ...ports }))]
        : []),
    ],
    runcmd: [
      ...(proxy ? [['rm', '-f', '/etc/nginx/sites-enabled/default']] : []),
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', 'docker.service'],
      // The service waits for its secrets and image by itself; the boot need not wait for it.
      ...[...parts.units, `${serviceName}.service`].map((unit) => ['systemctl', 'enable', '--now', '--no-block', unit]),
      ...(proxy ? startProxy : []),
    ],
  });
}

const startProxy: CloudConfig['runcmd'] = [
  ['systemctl', 'enable', 'nginx.service'],
  ['systemctl', 'restart', 'nginx.service'],
];

/** Where the container is reached on the droplet's loopback; nginx has the service's own port. */
function innerPort(port: number): number {
  return port === 9000 ? 9001 : 9000;
}
