import { problem } from '../model/errors';
import { uuid } from '../model/ids';
import { list, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { isEmpty } from '../model/values';
import { between, hexFingerprint, named, now, numericId, ocean, urn } from './parts';

export const certificate: ResourceType = {
  token: ocean('Certificate'),
  naming: named({
    taken: { code: '422 unprocessable_entity', sentence: () => 'Certificate name already in use' },
  }),
  enumerations: { type: ['custom', 'lets_encrypt'] },
  replaceOn: ['certificateChain', 'domains', 'leafCertificate', 'name', 'privateKey', 'type'],
  sets: ['domains'],
  secrets: ['privateKey'],
  computed: ['notAfter', 'sha1Fingerprint', 'state', 'uuid'],
  defaults: { type: 'custom' },
  inUse: '403 forbidden: Make sure the certificate is not in use before deleting it',
  check: (inputs) => {
    if (text(inputs, 'type') === 'lets_encrypt') {
      return list(inputs, 'domains').length > 0 || !isEmpty(inputs.domains)
        ? []
        : [problem('domains', '`domains` is required for when type is `lets_encrypt`')];
    }
    return ['privateKey', 'leafCertificate']
      .filter((key) => isEmpty(inputs[key]))
      .map((key) => problem(key, `\`${key}\` is required for when type is \`custom\` or empty`));
  },
  // Renewal gives a certificate another id and leaves its name, so the provider knows it by its name.
  create: ({ inputs }) => ({
    id: text(inputs, 'name') ?? '',
    state: { notAfter: now(), sha1Fingerprint: hexFingerprint(), state: 'verified', uuid: uuid() },
  }),
};

export const domain: ResourceType = {
  token: ocean('Domain'),
  required: ['name'],
  replaceOn: ['ipAddress', 'name'],
  computed: ['domainUrn', 'ttl'],
  create: ({ inputs }) => {
    const name = text(inputs, 'name') ?? '';
    return { id: name, state: { domainUrn: urn('domain', name), ttl: 1800 } };
  },
};

export const dnsRecord: ResourceType = {
  token: ocean('DnsRecord'),
  required: ['domain', 'type', 'value'],
  enumerations: { type: ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'TXT', 'SRV'] },
  // Domains are mostly there before; one that is not of this sandbox may be referred to as made elsewhere.
  references: [{ path: 'domain', to: [ocean('Domain')], error: '404 not_found', except: /\./ }],
  replaceOn: ['domain', 'type'],
  keeps: ['ttl'],
  computed: ['fqdn', 'ttl'],
  check: (inputs) => [
    ...between(inputs, 'ttl', 30, 86_400),
    ...(['CNAME', 'MX', 'NS', 'SRV'].includes(text(inputs, 'type') ?? '') &&
    !/\.$|^@$/.test(text(inputs, 'value') ?? '.')
      ? [problem('value', '422 unprocessable_entity: Data needs to end with a dot (.)')]
      : []),
  ],
  create: ({ inputs }) => {
    const [name, zone] = [text(inputs, 'name'), text(inputs, 'domain') ?? ''];
    return {
      id: numericId(),
      state: {
        fqdn: name === undefined || name === '@' ? zone : `${name}.${zone}`,
        ...(inputs.ttl === undefined && { ttl: 1800 }),
      },
    };
  },
};

export const domains = [certificate, domain, dnsRecord];
