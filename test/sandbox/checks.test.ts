import { makeNetwork, smallCache, TestCloud, tenant, dedicated } from './cloud';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

const refused = (type: string, inputs: Parameters<TestCloud['check']>[2], reason: RegExp): void => {
  expect(cloud.refusals(type, inputs).join('\n')).toMatch(reason);
};

test('a type that is not in the registry is an error that names it', () => {
  expect(() => cloud.check('aws:redshift/cluster:Cluster', 'db', {})).toThrow(/aws:redshift\/cluster:Cluster/);
});

test('a regional resource needs a region from itself or from the provider', () => {
  const without = new TestCloud(undefined);
  const subject = { ...without.subject('aws:ec2/vpc:Vpc', 'net'), config: { values: {} } };
  const check = (inputs: Record<string, string>) =>
    without
      .provider(subject.type)
      .check(subject, {}, inputs, Buffer.from('x'))
      .problems.map(({ property }) => property);
  expect(check({ cidrBlock: '10.0.0.0/16' })).toEqual(['region']);
  expect(check({ cidrBlock: '10.0.0.0/16', region: 'eu-west-1' })).toEqual([]);
  without.close();
});

describe('names', () => {
  test('Check fills in the logical name and seven digits of the seed, and keeps them', () => {
    const first = cloud.check('aws:lb/targetGroup:TargetGroup', 'api', { port: 80, protocol: 'HTTP', vpcId: 'vpc-1' });
    expect(first.inputs.name).toMatch(/^api-[0-9a-f]{7}$/);
    const subject = cloud.subject('aws:lb/targetGroup:TargetGroup', 'renamed');
    const again = cloud.provider(subject.type).check(subject, first.inputs, { port: 80 }, Buffer.from('another seed'));
    expect(again.inputs.name).toBe(first.inputs.name);
  });

  test('a name that was the program’s own is not kept once it is left out', () => {
    const olds = { name: 'fixed' };
    const subject = cloud.subject('aws:iam/role:Role', 'app');
    const checked = cloud.provider(subject.type).check(subject, olds, { assumeRolePolicy: '{}' }, Buffer.from('s'));
    expect(checked.inputs.name).toMatch(/^app-/);
  });

  test.each([
    ['aws:lb/loadBalancer:LoadBalancer', 'x'.repeat(25), /longer than maximum length 32/],
    ['aws:iam/role:Role', 'x'.repeat(57), /longer than maximum length 64/],
    ['aws:s3/bucket:Bucket', 'x'.repeat(60), /longer than maximum length 63/],
    ['aws:elasticache/replicationGroup:ReplicationGroup', 'x'.repeat(33), /longer than maximum length 40/],
    ['aws:elasticache/replicationGroup:ReplicationGroup', '1st', /starts with a letter/],
    ['aws:lb/loadBalancer:LoadBalancer', 'with_underscore', /letters, digits and hyphens/],
    ['aws:cloudwatch/logGroup:LogGroup', 'no spaces', /ParameterException/],
  ])('%s refuses the name %s', (type, name, reason) => {
    const reasons = cloud.check(type, name, {}).problems.map((found) => found.reason);
    expect(reasons.join('\n')).toMatch(reason);
  });

  test('a bucket’s name is lower-case, a fixed name that is taken is refused on creation', () => {
    expect(cloud.make('aws:s3/bucket:Bucket', 'Recordings', {}).id).toMatch(/^recordings-[0-9a-f]{7}$/);
    cloud.make('aws:s3/bucket:Bucket', 'one', { bucket: 'taken' });
    expect(() => cloud.make('aws:s3/bucket:Bucket', 'two', { bucket: 'taken' })).toThrow(/BucketAlreadyOwnedByYou/);
  });
});

describe('references', () => {
  test('what does not exist is refused, what is not known yet is not', () => {
    refused(
      'aws:ec2/subnet:Subnet',
      { vpcId: 'vpc-0none', cidrBlock: '10.0.0.0/24' },
      /InvalidVpcID.NotFound.*vpc-0none/,
    );
    const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
    expect(cloud.refusals('aws:ec2/subnet:Subnet', { vpcId: unknown, cidrBlock: '10.0.0.0/24' })).toEqual([]);
  });

  test('what lies in another region does not exist here', () => {
    const vpc = cloud.make('aws:ec2/vpc:Vpc', 'far', { cidrBlock: '10.0.0.0/16', region: 'eu-west-1' });
    expect(vpc.arn).toContain(':eu-west-1:');
    refused('aws:ec2/subnet:Subnet', { vpcId: vpc.id, cidrBlock: '10.0.0.0/24' }, /does not exist in us-east-1/);
  });

  test('what was declared to exist in the account is accepted', () => {
    cloud.store.declareExisting(['vpc-0existing']);
    expect(cloud.refusals('aws:ec2/subnet:Subnet', { vpcId: 'vpc-0existing', cidrBlock: '10.0.0.0/24' })).toEqual([]);
  });

  test('a secret value that names nothing is not printed', () => {
    const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value: 'canary-value' };
    const reasons = cloud.refusals('aws:ec2/subnet:Subnet', { vpcId: secret, cidrBlock: '10.0.0.0/24' });
    expect(reasons.join()).toContain('[secret]');
    expect(reasons.join()).not.toContain('canary-value');
  });
});

describe('what AWS refuses', () => {
  const group = (more: object) => ({ minSize: 2, maxSize: 4, launchTemplate: { version: '1' }, ...more });

  test.each([
    ['aws:ec2/vpc:Vpc', { cidrBlock: '10.0.0.0/8' }, /between \/16 and \/28/],
    ['aws:ec2/vpc:Vpc', { cidrBlock: '10.0.0.1/16' }, /not a valid CIDR/],
    ['aws:ec2/natGateway:NatGateway', {}, /Elastic IP/],
    ['aws:ec2/vpcEndpoint:VpcEndpoint', { serviceName: 'com.amazonaws.eu-west-1.s3' }, /does not exist in us-east-1/],
    ['aws:autoscaling/group:Group', group({ minSize: 5 }), /Max bound, 4/],
    ['aws:autoscaling/group:Group', { minSize: 1, maxSize: 2 }, /exactly one of/],
    ['aws:autoscaling/group:Group', group({ healthCheckType: 'HTTP' }), /healthCheckType/],
    ['aws:lb/loadBalancer:LoadBalancer', { idleTimeout: 4001 }, /1 - 4000/],
    [
      'aws:lb/loadBalancer:LoadBalancer',
      { subnets: ['04da6b54-80e4-46f7-96ec-b56ff0331ba9'] },
      /two different Availability/,
    ],
    ['aws:lb/listener:Listener', { protocol: 'HTTPS', port: 443 }, /certificate must be specified/],
    ['aws:lb/targetGroup:TargetGroup', { healthCheck: { interval: 10, timeout: 10 } }, /greater than the timeout/],
    ['aws:cloudwatch/logGroup:LogGroup', { retentionInDays: 42 }, /retentionInDays/],
    ['aws:iam/role:Role', { assumeRolePolicy: '{' }, /invalid JSON/],
    ['aws:secretsmanager/secret:Secret', { recoveryWindowInDays: 3 }, /0 or in the range/],
    ['aws:ec2/launchTemplate:LaunchTemplate', { userData: Buffer.alloc(16385).toString('base64') }, /limited to 16384/],
    ['aws:ec2/launchTemplate:LaunchTemplate', { userData: '#!/bin/sh' }, /BASE64/],
    [
      'aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration',
      { logDestinationConfigs: ['arn:aws:logs:us-east-1:1:log-group:mine'] },
      /aws-waf-logs-/,
    ],
    [
      'aws:wafv2/ipSet:IpSet',
      { scope: 'REGIONAL', ipAddressVersion: 'IPV4', addresses: ['2400:cb00::/32'] },
      /2400:cb00::\/32 is no range of this version/,
    ],
    ['aws:budgets/budget:Budget', { timeUnit: 'WEEKLY' }, /timeUnit/],
    ['aws:route53/record:Record', { zoneId: 'nozone' }, /NoSuchHostedZone/],
    [
      'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
      { rules: [{ transitions: [{ days: 7, storageClass: 'STANDARD_IA' }] }] },
      /greater than or equal to 30/,
    ],
    ['random:index/randomPassword:RandomPassword', { length: 4, minUpper: 3, minLower: 3 }, /at least the sum/],
  ])('%s with %j', (type, inputs, reason) => refused(type, inputs, reason));

  test('a subnet lies within its network and beside the others', () => {
    const { vpcId } = makeNetwork(cloud);
    const subnet = (cidrBlock: string) => () => cloud.make('aws:ec2/subnet:Subnet', 'more', { vpcId, cidrBlock });
    expect(subnet('10.1.0.0/24')).toThrow(/InvalidSubnet.Range/);
    expect(subnet('10.0.1.128/25')).toThrow(/InvalidSubnet.Conflict/);
    expect(subnet('10.0.2.0/24')).not.toThrow();
  });

  test('a public load balancer needs an internet gateway, two zones, and a bucket that lets it write', () => {
    const vpc = cloud.make('aws:ec2/vpc:Vpc', 'closed', { cidrBlock: '10.0.0.0/16' });
    const subnets = ['a', 'a', 'b'].map((zone, index) => {
      const inputs = { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `us-east-1${zone}` };
      return cloud.make('aws:ec2/subnet:Subnet', `subnet-${index}`, inputs).id;
    });
    const balancer = (more: object) => () =>
      cloud.make('aws:lb/loadBalancer:LoadBalancer', 'lb', { subnets: subnets.slice(1), ...more });
    expect(balancer({})).toThrow(/no internet gateway/);
    cloud.make('aws:ec2/internetGateway:InternetGateway', 'igw', { vpcId: vpc.id });
    expect(balancer({ subnets: subnets.slice(0, 2) })).toThrow(/same Availability Zone/);
    const bucket = cloud.make('aws:s3/bucket:Bucket', 'logs', {}).id;
    expect(balancer({ accessLogs: { bucket, enabled: true } })).toThrow(/Access Denied for bucket/);
    cloud.make('aws:s3/bucketPolicy:BucketPolicy', 'logs-policy', { bucket, policy: '{"Statement":[]}' });
    expect(balancer({ accessLogs: { bucket, enabled: true } })).not.toThrow();
  });

  test('an HTTPS listener waits for its certificate', () => {
    const { subnets, vpcId } = makeNetwork(cloud);
    const loadBalancerArn = cloud.make('aws:lb/loadBalancer:LoadBalancer', 'lb', { subnets }).id;
    const target = cloud.make('aws:lb/targetGroup:TargetGroup', 'tg', { port: 80, protocol: 'HTTP', vpcId }).id;
    const certificateArn = cloud.make('aws:acm/certificate:Certificate', 'tls', {
      domainName: 'api.example.com',
      validationMethod: 'DNS',
    }).id;
    const defaultActions = [{ type: 'forward', targetGroupArn: target }];
    const listen = () =>
      cloud.make('aws:lb/listener:Listener', 'https', {
        loadBalancerArn,
        port: 443,
        protocol: 'HTTPS',
        certificateArn,
        defaultActions,
      });
    expect(listen).toThrow(/UnsupportedCertificate/);
    cloud.make('aws:acm/certificateValidation:CertificateValidation', 'issued', { certificateArn });
    expect(listen).not.toThrow();
  });

  test('a group takes only a version of its template that exists', () => {
    const { subnets } = makeNetwork(cloud);
    const id = cloud.make('aws:ec2/launchTemplate:LaunchTemplate', 'template', { instanceType: 't3.small' }).id;
    const make = (version: string) => () =>
      cloud.make('aws:autoscaling/group:Group', 'group', {
        minSize: 1,
        maxSize: 2,
        vpcZoneIdentifiers: subnets,
        launchTemplate: { id, version },
      });
    expect(make('2')).toThrow(/VersionNotFound/);
    expect(make('1')).not.toThrow();
  });

  test('a bucket that blocks public policies refuses one', () => {
    const bucket = cloud.make('aws:s3/bucket:Bucket', 'private', {}).id;
    cloud.make('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', 'block', { bucket, blockPublicPolicy: true });
    const policy = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
    });
    expect(() => cloud.make('aws:s3/bucketPolicy:BucketPolicy', 'open', { bucket, policy })).toThrow(/AccessDenied/);
  });
});

describe('what ElastiCache refuses', () => {
  test.each([
    [{ automaticFailoverEnabled: false }, /auto failover turned off/],
    [{ multiAzEnabled: true }, /at least one replica/],
    [{ replicasPerNodeGroup: 6 }, /0 - 5/],
    [{ authToken: 'short' }, /16 - 128/],
    [{ authToken: 'x'.repeat(20), transitEncryptionEnabled: false }, /transit encryption must be enabled/],
    [{ nodeType: 't3.small' }, /not supported/],
    [{ durability: 'always' }, /durability/],
  ])('a replication group with %j', (more, reason) => {
    refused('aws:elasticache/replicationGroup:ReplicationGroup', { ...smallCache, ...more }, reason);
  });

  test('the shape at Small is accepted, and its parameter group has to fit', () => {
    expect(cloud.refusals('aws:elasticache/replicationGroup:ReplicationGroup', smallCache)).toEqual([]);
    const make = (family: string, on: string) =>
      cloud.make('aws:elasticache/parameterGroup:ParameterGroup', `${family}-${on}`, {
        family,
        parameters: [{ name: 'cluster-enabled', value: on }],
      }).id;
    const wrong = [make('valkey8', 'no'), make('redis7', 'yes')];
    for (const parameterGroupName of wrong) {
      refused(
        'aws:elasticache/replicationGroup:ReplicationGroup',
        { ...smallCache, parameterGroupName },
        /InvalidParameterCombination/,
      );
    }
    const right = { ...smallCache, parameterGroupName: make('valkey8', 'yes') };
    expect(cloud.refusals('aws:elasticache/replicationGroup:ReplicationGroup', right)).toEqual([]);
  });
});

describe('what Atlas refuses', () => {
  const cluster = 'mongodbatlas:index/advancedCluster:AdvancedCluster';
  const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

  test.each([
    [tenant(unknown, { backupEnabled: true }), /cloud backup is not possible on a shared/],
    [tenant(unknown, { backupEnabled: true, pitEnabled: true }), /continuous backup/],
    [dedicated(unknown, { pitEnabled: true }), /needs backupEnabled/],
    [dedicated(unknown, {}, { electableSpecs: { instanceSize: 'M30', nodeCount: 2 } }), /3, 5 or 7/],
    [dedicated(unknown, {}, { regionName: 'us-east-1' }), /INVALID_REGION/],
    [dedicated(unknown, {}, { priority: 6 }), /priority 7/],
    [dedicated(unknown, {}, { electableSpecs: { instanceSize: 'M10', nodeCount: 3 } }), /lies outside of M30 to M60/],
    [dedicated(unknown, {}, { autoScaling: { computeEnabled: true } }), /computeMaxInstanceSize is required/],
    [dedicated(unknown, { clusterType: 'SINGLE' }), /clusterType/],
  ])('%j', (inputs, reason) => refused(cluster, inputs, reason));

  test('both shapes in use are accepted', () => {
    expect(cloud.refusals(cluster, tenant(unknown))).toEqual([]);
    expect(cloud.refusals(cluster, dedicated(unknown, { backupEnabled: true, pitEnabled: true }))).toEqual([]);
  });

  test('two clusters of a project differ in the first 23 characters of their names', () => {
    const project = cloud.make('mongodbatlas:index/project:Project', 'p', { orgId: '0'.repeat(24) }).id;
    cloud.make(cluster, 'one', dedicated(project, { name: 'a-name-of-twenty-three-c-one' }));
    expect(() => cloud.make(cluster, 'two', dedicated(project, { name: 'a-name-of-twenty-three-c-two' }))).toThrow(
      /DUPLICATE_CLUSTER_NAME/,
    );
  });

  test('a database user has a password and a role', () => {
    refused(
      'mongodbatlas:index/databaseUser:DatabaseUser',
      { authDatabaseName: 'admin', roles: [] },
      /USER_PASSWORD_REQUIRED[\s\S]*at least one role/,
    );
  });
});

test('the account guard speaks as the real provider does', () => {
  const aws = cloud.provider('aws:ec2/vpc:Vpc');
  expect(aws.checkConfig({ allowedAccountIds: '["999999999999"]' })[0]?.reason).toBe(
    'AWS account ID not allowed: 123456789012',
  );
  expect(aws.checkConfig({ allowedAccountIds: '["123456789012"]' })).toEqual([]);
  expect(aws.checkConfig({ forbiddenAccountIds: ['123456789012'] })).toHaveLength(1);
});
