import * as pulumi from '@pulumi/pulumi';
import { sqlPorts } from '../../../plan/database-ports';
import type { CloudSqlArgs } from './arguments';

/** Each engine's word for "encrypted, whoever the certificate names": it names the instance, clients know an address. */
const schemes: Record<CloudSqlArgs['engine'], { scheme: string; tls: string }> = {
  postgres: { scheme: 'postgres', tls: 'sslmode=require' },
  mysql: { scheme: 'mysql', tls: 'ssl-mode=REQUIRED' },
};

/** The whole URL. User and password are letters and digits, so nothing needs escaping. */
export function urlOf(
  { engine, user, database }: Pick<CloudSqlArgs, 'engine' | 'user' | 'database'>,
  host: pulumi.Input<string>,
  password: pulumi.Input<string>,
): pulumi.Output<string> {
  const { scheme, tls } = schemes[engine];
  return pulumi.interpolate`${scheme}://${user}:${password}@${host}:${sqlPorts[engine]}/${database}?${tls}`;
}
