import type { FrontDoorPlan } from '../../plan/types';

/**
 * The settings of a zone by their ids (Cloudflare's API: zone settings), all of them on every plan, the free one too.
 * HTTP/2 is always on and has no setting there.
 *
 * - `ssl` strict: the edge speaks TLS with the entry and checks its certificate, which the entry has for the same name;
 * - `min_tls_version` and `always_use_https`: what the entries themselves ask of clients, already at the edge;
 * - `websockets`: off would turn the upgrade away before it reaches the entry.
 */
export function zoneSettings({ http3, brotli }: Pick<FrontDoorPlan, 'http3' | 'brotli'>): Record<string, string> {
  return {
    ssl: 'strict',
    min_tls_version: '1.2',
    always_use_https: 'on',
    websockets: 'on',
    http3: http3 ? 'on' : 'off',
    brotli: brotli ? 'on' : 'off',
  };
}
