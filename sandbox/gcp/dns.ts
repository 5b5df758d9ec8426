import { problem, type Problem } from '../model/errors';
import { list, matches, text, texts } from '../model/reading';
import { google } from './google';
import { membership } from './iam/membership';
import { managedZone } from './managed-zone';
import { gcp, oneOf, shaped } from './parts';

const types = [
  'A',
  'AAAA',
  'CAA',
  'CNAME',
  'DNSKEY',
  'DS',
  'HTTPS',
  'IPSECKEY',
  'MX',
  'NAPTR',
  'NS',
  'PTR',
  'SOA',
  'SPF',
  'SRV',
  'SSHFP',
  'SVCB',
  'TLSA',
  'TXT',
];

/** A record of a zone that is the user's own: that the zone is there, nobody can say here. */
const recordSet = google({
  token: gcp('dns', 'RecordSet'),
  id: 'projects/{project}/managedZones/{managedZone}/rrsets/{name}/{type}',
  required: ['managedZone', 'name', 'type'],
  enumerations: { type: types },
  replaceOn: ['managedZone', 'name', 'project', 'routingPolicy.healthCheck'],
  sets: ['rrdatas'],
  check: (inputs) => {
    const problems: Problem[] = [
      ...shaped(inputs, 'managedZone', /^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'the name of a zone, which is no domain'),
      ...shaped(inputs, 'name', /\.$/, 'a full domain name, which ends with a dot'),
      ...oneOf(inputs, ['rrdatas', 'routingPolicy']),
    ];
    if (text(inputs, 'type') === 'CNAME') {
      const loose = texts(inputs, 'rrdatas').find((target) => !target.endsWith('.'));
      if (loose) problems.push(problem('rrdatas', `invalid: the target of a CNAME ends with a dot: ${loose}`));
      if (list(inputs, 'rrdatas').length > 1) problems.push(problem('rrdatas', 'invalid: a CNAME has one target'));
    }
    if (text(inputs, 'type') === 'A') {
      const paths = ['rrdatas.*', 'routingPolicy.geos.*.rrdatas.*'];
      const wrong = paths
        .flatMap((path) => matches(inputs, path))
        .map(({ value }) => String(value))
        .find((value) => !/^\d+(\.\d+){3}$|^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value));
      if (wrong) problems.push(problem('rrdatas', `invalid: ${wrong} is no IPv4 address`));
    }
    return problems;
  },
});

/** Who may write the records of a zone. */
const zoneMember = membership({
  token: gcp('dns', 'DnsManagedZoneIamMember'),
  id: 'projects/{project}/managedZones/{managedZone}/{role}/{member}',
  on: ['managedZone'],
  replaceOn: ['condition', 'managedZone', 'member', 'project', 'role'],
});

export const dns = [managedZone, recordSet, zoneMember];
