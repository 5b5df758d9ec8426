import { createHash } from 'node:crypto';
import { CloudError, problem } from '../model/errors';
import { uuid } from '../model/ids';
import { list, text, texts } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import { aws, between } from './parts';

/** ACM asks for the same record each time that one account asks for one domain. */
function validationOf(domain: string, account: string): Bag {
  const bare = domain.replace(/^\*\./, '');
  const hash = (salt: string) => createHash('sha256').update(`${salt}${account}${bare}`).digest('hex').slice(0, 32);
  return {
    domainName: domain,
    resourceRecordName: `_${hash('name')}.${bare}.`,
    resourceRecordType: 'CNAME',
    resourceRecordValue: `_${hash('value')}.${hash('zone').slice(0, 10)}.acm-validations.aws.`,
  };
}

const YEAR = 365 * 24 * 3600 * 1000;

export const certificate: ResourceType = {
  token: aws('acm', 'Certificate'),
  replaceOn: [
    'certificateAuthorityArn',
    'domainName',
    'keyAlgorithm',
    'subjectAlternativeNames',
    'validationMethod',
    'validationOptions',
  ],
  sets: ['subjectAlternativeNames'],
  keeps: ['domainName', 'keyAlgorithm', 'subjectAlternativeNames', 'validationMethod', 'options'],
  enumerations: {
    validationMethod: ['DNS', 'EMAIL', 'HTTP', 'NONE'],
    keyAlgorithm: ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'],
  },
  secrets: ['privateKey', 'privateKeyWo'],
  computed: [
    'arn',
    'domainValidationOptions',
    'notAfter',
    'notBefore',
    'pendingRenewal',
    'renewalEligibility',
    'renewalSummaries',
    'status',
    'tagsAll',
    'type',
    'validationEmails',
  ],
  inUse: 'ResourceInUseException',
  check: (inputs) => {
    const domain = text(inputs, 'domainName');
    if (domain === undefined) return [];
    if (!/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/i.test(domain)) {
      return [problem('domainName', `InvalidDomainValidationOptionsException: ${domain} is no domain name`)];
    }
    // The common name of X.509. Further names may have 253.
    if (domain.length <= 64) return [];
    const sentence = 'The first domain name can be no longer than 64 characters';
    return [problem('domainName', `InvalidDomainValidationOptionsException: ${sentence}`)];
  },
  create: ({ inputs, cloud }) => {
    const arn = cloud.arn('acm', `certificate/${uuid()}`);
    const domains = [...new Set([text(inputs, 'domainName') ?? '', ...texts(inputs, 'subjectAlternativeNames')])];
    const byDns = text(inputs, 'validationMethod') === 'DNS';
    const now = Date.now();
    return {
      id: arn,
      state: {
        arn,
        domainValidationOptions: byDns ? domains.map((domain) => validationOf(domain, cloud.account)) : [],
        notAfter: new Date(now + YEAR).toISOString(),
        notBefore: new Date(now).toISOString(),
        pendingRenewal: false,
        renewalEligibility: 'INELIGIBLE',
        renewalSummaries: [],
        status: 'PENDING_VALIDATION',
        type: inputs.privateKey === undefined ? 'AMAZON_ISSUED' : 'IMPORTED',
        validationEmails: [],
      },
    };
  },
};

/** Waits until a certificate is issued. The sandbox takes the records' word for it. */
export const certificateValidation: ResourceType = {
  token: aws('acm', 'CertificateValidation'),
  required: ['certificateArn'],
  references: [{ path: 'certificateArn', to: [certificate.token], error: 'ResourceNotFoundException' }],
  replaceOn: ['certificateArn', 'validationRecordFqdns'],
  sets: ['validationRecordFqdns'],
  computed: [],
  create: ({ inputs, cloud }) => {
    const arn = text(inputs, 'certificateArn') ?? '';
    const wanted = list(cloud.find([certificate.token], arn)?.state, 'domainValidationOptions').map((option) =>
      (text(option, 'resourceRecordName') ?? '').replace(/\.$/, ''),
    );
    const given = texts(inputs, 'validationRecordFqdns').map((name) => name.replace(/\.$/, ''));
    const missing = wanted.filter((name) => !given.includes(name));
    if (given.length > 0 && missing.length > 0) {
      throw new CloudError('InvalidParameter', `missing ${missing.join(', ')} in validationRecordFqdns`);
    }
    return { id: `${arn.split('/').pop()}-issued`, state: {} };
  },
};

const recordTypes = [
  'A',
  'AAAA',
  'CAA',
  'CNAME',
  'DS',
  'HTTPS',
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

export const dnsRecord: ResourceType = {
  token: aws('route53', 'Record'),
  global: true,
  required: ['name', 'type', 'zoneId'],
  enumerations: { type: recordTypes },
  replaceOn: ['name', 'zoneId'],
  sets: ['records'],
  computed: ['fqdn'],
  check: (inputs) => {
    const zone = text(inputs, 'zoneId');
    const problems = between(inputs, 'ttl', 0, 2147483647);
    if (zone !== undefined && !/^Z[A-Z0-9]{1,31}$/.test(zone)) {
      problems.push(problem('zoneId', `NoSuchHostedZone: No hosted zone found with ID: ${zone}`));
    }
    if (inputs.records === undefined && inputs.aliases === undefined) {
      problems.push(problem('records', 'one of `aliases,records` must be specified'));
    }
    if (inputs.records !== undefined && inputs.ttl === undefined) {
      problems.push(problem('ttl', 'all of `records,ttl` must be specified'));
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const [zone, name, type] = ['zoneId', 'name', 'type'].map((key) => text(inputs, key) ?? '');
    const bare = (name ?? '').replace(/\.$/, '').toLowerCase();
    const id = [zone, bare, type, text(inputs, 'setIdentifier')].filter((part) => part !== undefined).join('_');
    if (cloud.store.get(dnsRecord.token, '', id) && text(inputs, 'allowOverwrite') !== 'true') {
      const sentence = `[Tried to create resource record set [name='${bare}.', type='${type}'] but it already exists]`;
      throw new CloudError('InvalidChangeBatch', sentence);
    }
    return { id, state: { fqdn: bare } };
  },
};

export const domains = [certificate, certificateValidation, dnsRecord];
