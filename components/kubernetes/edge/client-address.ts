import type { ClientHeader } from '../../../plan/types';
import { block, map } from './nginx-words';

/** How nginx calls the client's address, by what its limit counts, and what `http` has to say for it. */
export interface ClientAddress {
  variable: string;
  key: string;
  http: string[];
}

/**
 * Whose request it is. Behind a proxy that is who its header names, where the request comes from the proxy's own ranges; of
 * anybody else the header is not believed, and he is the client himself.
 */
export function clientAddress(header: ClientHeader | undefined): ClientAddress {
  if (!header) return { variable: '$remote_addr', key: '$binary_remote_addr', http: [] };
  const told = `$http_${header.name.toLowerCase().replaceAll('-', '_')}`;
  // A digit in both cases: without one, an address that begins with 1 would look like one from the proxy.
  return {
    variable: '$client_address',
    key: '$client_address',
    http: [
      block('geo $by_proxy', ['default 0;', ...header.from.map((range) => `${range} 1;`)]),
      map(`"$by_proxy${told}"`, '$client_address', '$remote_addr', [['~^1(?<told>[0-9A-Fa-f.:]+)$', '$told']]),
    ],
  };
}

/** What the service is told of it. The header itself is written anew, so that nobody else's words reach the service in it. */
export function toldToService(header: ClientHeader | undefined): string[] {
  const { variable } = clientAddress(header);
  return [
    `proxy_set_header X-Real-IP ${variable};`,
    // Set, where the guide appends: what a client writes in it itself would come first, and be taken for its address.
    `proxy_set_header X-Forwarded-For ${variable};`,
    ...(header ? [`proxy_set_header ${header.name} ${variable};`] : []),
  ];
}
