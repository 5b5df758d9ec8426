import { problem, type Problem } from '../model/errors';
import { text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import { checkZone, flare, now } from './parts';

const onOff = ['on', 'off'];
/** Settings that a zone on the free plan may change, and what they take (API reference: zone settings). */
const editable: Record<string, readonly string[]> = {
  always_online: onOff,
  always_use_https: onOff,
  automatic_https_rewrites: onOff,
  brotli: onOff,
  browser_check: onOff,
  early_hints: onOff,
  http3: onOff,
  ip_geolocation: onOff,
  ipv6: onOff,
  min_tls_version: ['1.0', '1.1', '1.2', '1.3'],
  opportunistic_encryption: onOff,
  security_level: ['off', 'essentially_off', 'low', 'medium', 'high', 'under_attack'],
  ssl: ['off', 'flexible', 'full', 'strict'],
  tls_1_3: ['on', 'off', 'zrt'],
  websockets: onOff,
};
/** Settings that a higher plan may change. */
const locked = [
  ...[
    'advanced_ddos',
    'cname_flattening',
    'http2',
    'image_resizing',
    'mirage',
    'origin_error_page_pass_thru',
    'polish',
  ],
  ...['prefetch_preload', 'proxy_read_timeout', 'response_buffering', 'sort_query_string_for_cache'],
  ...['true_client_ip_header', 'waf', 'webp'],
];

/** A setting always is there: it is changed when it is created, and stays as it is when it is deleted. */
export const zoneSetting: ResourceType = {
  token: flare('ZoneSetting'),
  required: ['settingId', 'value', 'zoneId'],
  replaceOn: ['settingId', 'zoneId'],
  computed: ['editable', 'modifiedOn'],
  check: (inputs) => [...checkZone(inputs), ...checkValue(inputs)],
  // The provider's id is the setting's alone, which two zones would share; this is the one of an import.
  create: ({ inputs }) => ({
    id: `${text(inputs, 'zoneId')}/${text(inputs, 'settingId')}`,
    state: { editable: true, modifiedOn: now() },
  }),
  update: () => ({ state: { modifiedOn: now() } }),
  changing: () => ['modifiedOn'],
};

function checkValue(inputs: Bag): Problem[] {
  const [id, value] = [text(inputs, 'settingId'), text(inputs, 'value')];
  if (id === undefined) return [];
  if (locked.includes(id)) return [problem('settingId', `1015: Not allowed to edit setting for ${id}`)];
  const allowed = editable[id];
  if (!allowed) return [problem('settingId', `1006: Unrecognized zone setting name: ${id}`)];
  return value === undefined || allowed.includes(value)
    ? []
    : [problem('value', `1007: Invalid value for zone setting ${id}`)];
}
