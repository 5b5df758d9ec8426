import { record } from '../../../cli/offline/recorder';
import { AliasRecord } from '../../../components/aws/dns/alias-record';
import { optionOf, provenNames, ValidatedCertificate } from '../../../components/aws/dns/certificate';
import { all, counts, messageOf, one, parentName } from '../recorded';

const recordType = 'aws:route53/record:Record';
const validationType = 'aws:acm/certificateValidation:CertificateValidation';

const alias = { zoneId: 'Z1', domain: 'api.pulse.example.com', target: { dnsName: 'lb.example', zoneId: 'Z2' } };

test('a certificate is proven by DNS, and its ARN is known once it is issued', async () => {
  const recording = await record(() => {
    const certificate = new ValidatedCertificate('api', {
      region: 'us-east-1',
      domain: 'pulse.example.com',
      alternativeNames: ['*.pulse.example.com', 'www.example.com'],
      zoneId: 'Z1',
      tags: { System: 'pulse' },
    });
    return { arn: certificate.arn };
  });
  expect(counts(recording)).toEqual({
    'stackladder:aws:ValidatedCertificate': 1,
    'aws:acm/certificate:Certificate': 1,
    [recordType]: 2, // the wildcard has its parent's proof
    [validationType]: 1,
  });
  expect(one(recording, 'aws:acm/certificate:Certificate').inputs).toEqual({
    region: 'us-east-1',
    domainName: 'pulse.example.com',
    subjectAlternativeNames: ['*.pulse.example.com', 'www.example.com'],
    validationMethod: 'DNS',
    tags: { System: 'pulse' },
  });
  const [first, second] = all(recording, recordType);
  expect(first!.inputs).toEqual({
    zoneId: 'Z1',
    name: '<unknown:api.domainValidationOptions[0].resourceRecordName>',
    type: '<unknown:api.domainValidationOptions[0].resourceRecordType>',
    records: ['<unknown:api.domainValidationOptions[0].resourceRecordValue>'],
    ttl: 300,
    allowOverwrite: true,
  });
  expect(second!.inputs.name).toBe('<unknown:api.domainValidationOptions[2].resourceRecordName>');
  const validation = one(recording, validationType);
  expect(validation.inputs).toEqual({
    region: 'us-east-1',
    certificateArn: '<unknown:api.arn>',
    validationRecordFqdns: [`<unknown:${first!.name}.fqdn>`, `<unknown:${second!.name}.fqdn>`],
  });
  expect(validation.dependsOn).toEqual(expect.arrayContaining([first!.urn, second!.urn]));
});

test("another region's certificate of the same names waits for the same records and makes none", async () => {
  const recording = await record(() => {
    const args = { domain: 'api.pulse.example.com', zoneId: 'Z1' };
    const first = new ValidatedCertificate('use1', { ...args, region: 'us-east-1' });
    new ValidatedCertificate('usw2', { ...args, region: 'us-west-2', validatedBy: first });
  });
  expect(all(recording, recordType).map(parentName)).toEqual(['use1']);
  const fqdns = all(recording, validationType).map(({ inputs }) => [inputs.region, inputs.validationRecordFqdns]);
  const fqdn = `<unknown:${one(recording, recordType).name}.fqdn>`;
  expect(fqdns).toEqual([
    ['us-east-1', [fqdn]],
    ['us-west-2', [fqdn]],
  ]);
});

test('the name decides which record is for it, whatever the order', () => {
  const option = (domainName: string) => ({
    domainName,
    resourceRecordName: `_x.${domainName}`,
    resourceRecordType: 'CNAME',
    resourceRecordValue: 'v',
  });
  const options = [option('b.com'), option('*.a.com')];
  expect(optionOf(options, 'a.com').resourceRecordName).toBe('_x.*.a.com');
  expect(optionOf(options, 'b.com').resourceRecordName).toBe('_x.b.com');
  expect(() => optionOf(options, 'c.com')).toThrow('ACM names no validation record for c.com');
  expect(provenNames(['*.a.com', 'a.com', 'b.a.com'])).toEqual(['a.com', 'b.a.com']);
});

test('a name that ends in Punycode is a name', async () => {
  const domain = 'api.xn--e1afmkfd.xn--p1ai';
  const recording = await record(() => {
    new ValidatedCertificate('api', { domain, zoneId: 'Z1' });
    new AliasRecord('alias', { ...alias, domain, region: 'us-east-1', evaluateTargetHealth: true });
  });
  expect(one(recording, 'aws:acm/certificate:Certificate').inputs.domainName).toBe(domain);
  expect(all(recording, recordType).map(({ inputs }) => inputs.name)).toContain(domain);
});

test('all faults of a certificate in one message', () => {
  const wrong = { domain: `${'a'.repeat(62)}.com`, alternativeNames: ['localhost', 'b.com', 'b.com'], zoneId: 'Z1' };
  expect(messageOf(() => new ValidatedCertificate('c', wrong)).split('\n')).toEqual([
    'ValidatedCertificate "c" cannot be created:',
    '  alternativeNames[0]: "localhost" is not a domain name in lower case',
    '  domain: ACM takes 64 characters at most; put a longer name among the alternatives',
    '  alternativeNames: "b.com" stands there more than once',
  ]);
});

test('an alias is a latency record from the first region on, so a second can stand beside it', async () => {
  const recording = await record(() => {
    for (const region of ['us-east-1', 'us-west-2'])
      new AliasRecord(`api-${region}`, { ...alias, region, evaluateTargetHealth: true });
  });
  expect(all(recording, recordType).map(({ inputs }) => inputs)).toEqual(
    ['us-east-1', 'us-west-2'].map((region) => ({
      zoneId: 'Z1',
      name: 'api.pulse.example.com',
      type: 'A',
      setIdentifier: region,
      latencyRoutingPolicies: [{ region }],
      aliases: [{ name: 'lb.example', zoneId: 'Z2', evaluateTargetHealth: true }],
    })),
  );
});

test('with IPv6 there are two records, both under the component', async () => {
  const recording = await record(() => {
    new AliasRecord('cdn', { ...alias, region: 'us-east-1', evaluateTargetHealth: false, ipv6: true });
  });
  const records = all(recording, recordType);
  expect(records.map(({ name, inputs }) => [name, inputs.type])).toEqual([
    ['cdn-a', 'A'],
    ['cdn-aaaa', 'AAAA'],
  ]);
  expect(records.map(parentName)).toEqual(['cdn', 'cdn']);
});

test('all faults of an alias in one message', () => {
  const wrong = { ...alias, domain: 'API', region: 'here', evaluateTargetHealth: true };
  expect(messageOf(() => new AliasRecord('a', wrong)).split('\n')).toEqual([
    'AliasRecord "a" cannot be created:',
    '  domain: "API" is not a domain name in lower case',
    '  region: "here" is not a region of AWS',
  ]);
});
