import { CloudError, problem } from '../model/errors';
import { lowerAlphanumeric, uuid } from '../model/ids';
import { list, matches, text, texts } from '../model/reading';
import type { Bag } from '../model/values';
import { google } from './google';
import { gcp, label, lastOf, oneOf, to } from './parts';

const times = (): Bag => ({ createTime: new Date().toISOString(), updateTime: new Date().toISOString() });

export const dnsAuthorization = google({
  token: gcp('certificatemanager', 'DnsAuthorization'),
  id: 'projects/{project}/locations/{location}/dnsAuthorizations/{name}',
  labels: true,
  naming: label(),
  required: ['domain'],
  enumerations: { type: ['FIXED_RECORD', 'PER_PROJECT_RECORD'] },
  replaceOn: ['domain', 'location', 'name', 'project', 'type'],
  keeps: ['location', 'type'],
  computed: ['dnsResourceRecords', 'type'],
  inUse: 'FAILED_PRECONDITION',
  defaults: { location: 'global' },
  check: (inputs) =>
    text(inputs, 'domain')?.startsWith('*.')
      ? [problem('domain', 'INVALID_ARGUMENT: an authorization is for a domain without a wildcard, which it covers')]
      : [],
  make: ({ inputs, cloud }) => {
    const domain = text(inputs, 'domain') ?? '';
    const twin = cloud
      .all(gcp('certificatemanager', 'DnsAuthorization'))
      .find((other) => text(other.inputs, 'domain') === domain);
    if (twin) throw new CloudError('ALREADY_EXISTS', `${twin.id} authorizes ${domain} already`);
    const record = {
      name: `_acme-challenge.${domain}.`,
      type: 'CNAME',
      data: `${uuid()}.${lowerAlphanumeric(2)}.authorize.certificatemanager.goog.`,
    };
    return { state: { dnsResourceRecords: [record], ...(inputs.type === undefined ? { type: 'FIXED_RECORD' } : {}) } };
  },
});

export const certificate = google({
  token: gcp('certificatemanager', 'Certificate'),
  id: 'projects/{project}/locations/{location}/certificates/{name}',
  labels: true,
  naming: label(),
  references: [to('managed.dnsAuthorizations.*', [dnsAuthorization.token], true)],
  enumerations: { scope: ['DEFAULT', 'EDGE_CACHE', 'ALL_REGIONS', 'CLIENT_AUTH'] },
  replaceOn: ['location', 'managed', 'name', 'project', 'scope'],
  sets: ['managed.domains', 'managed.dnsAuthorizations'],
  keeps: ['location', 'scope'],
  computed: ['sanDnsnames'],
  inUse: 'FAILED_PRECONDITION',
  defaults: { location: 'global', scope: 'DEFAULT' },
  check: (inputs) => {
    const wild = matches(inputs, 'managed.domains.*').some(({ value }) => String(value).startsWith('*.'));
    const unproven = wild && list(inputs, 'managed.dnsAuthorizations').length === 0;
    return [
      ...oneOf(inputs, ['managed', 'selfManaged']),
      ...(unproven ? [problem('managed', 'INVALID_ARGUMENT: a wildcard domain needs an authorization by DNS')] : []),
    ];
  },
  make: ({ inputs, cloud }) => {
    const known = texts(inputs, 'managed.dnsAuthorizations').map((id) => cloud.find([dnsAuthorization.token], id));
    const proven = known.map((found) => text(found?.inputs, 'domain') ?? '');
    const lost = texts(inputs, 'managed.domains').find((domain) => !proven.includes(domain.replace(/^\*\./, '')));
    if (known.length > 0 && lost) {
      throw new CloudError('INVALID_ARGUMENT', `no DNS authorization of the certificate is for the domain ${lost}`);
    }
    return { state: { sanDnsnames: list(inputs, 'managed.domains') } };
  },
});

export const certificateMap = google({
  token: gcp('certificatemanager', 'CertificateMap'),
  id: 'projects/{project}/locations/global/certificateMaps/{name}',
  labels: true,
  naming: label(),
  replaceOn: ['name', 'project'],
  computed: ['createTime', 'gclbTargets', 'updateTime'],
  inUse: 'FAILED_PRECONDITION',
  make: ({ id }) => ({
    state: { ...times(), gclbTargets: [] },
    actual: { alsoKnownAs: [`//certificatemanager.googleapis.com/${id}`] },
  }),
});

export const certificateMapEntry = google({
  token: gcp('certificatemanager', 'CertificateMapEntry'),
  id: 'projects/{project}/locations/global/certificateMaps/{map}/certificateMapEntries/{name}',
  labels: true,
  naming: label(),
  required: ['certificates', 'map'],
  references: [to('map', [certificateMap.token], true), to('certificates.*', [certificate.token], true)],
  enumerations: { matcher: ['PRIMARY'] },
  replaceOn: ['hostname', 'map', 'matcher', 'name', 'project'],
  computed: ['createTime', 'state', 'updateTime'],
  check: (inputs) => {
    const many = list(inputs, 'certificates').length > 4;
    return [
      ...oneOf(inputs, ['hostname', 'matcher']),
      ...(many ? [problem('certificates', 'INVALID_ARGUMENT: an entry has at most four certificates')] : []),
    ];
  },
  make: ({ inputs, place }) => {
    const map = lastOf(text(inputs, 'map'));
    const name = text(inputs, 'name') ?? '';
    return {
      id: `projects/${place.project}/locations/global/certificateMaps/${map}/certificateMapEntries/${name}`,
      state: { ...times(), state: 'ACTIVE' },
    };
  },
});

export const certificates = [dnsAuthorization, certificate, certificateMap, certificateMapEntry];
