import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { parse } from 'yaml';
import { record, type Recording } from '../../../cli/offline/recorder';
import { LoadBalancedGroup, type LoadBalancedGroupArgs } from '../../../components/aws/load-balanced-group/group';
import { marked, plainOnly } from '../../../components/instances/plain-variables';
import { all, counts, messageOf, one, parentName } from '../recorded';
import { api } from './load-balanced-group-arguments';

const types = {
  autoscaling: 'aws:autoscaling/group:Group',
  bucket: 'aws:s3/bucket:Bucket',
  bucketPolicy: 'aws:s3/bucketPolicy:BucketPolicy',
  ingress: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  egress: 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  listener: 'aws:lb/listener:Listener',
  loadBalancer: 'aws:lb/loadBalancer:LoadBalancer',
  targetGroup: 'aws:lb/targetGroup:TargetGroup',
  launchTemplate: 'aws:ec2/launchTemplate:LaunchTemplate',
  policy: 'aws:iam/rolePolicy:RolePolicy',
  scaling: 'aws:autoscaling/policy:Policy',
  alarm: 'aws:cloudwatch/metricAlarm:MetricAlarm',
  webAcl: 'aws:wafv2/webAcl:WebAcl',
  association: 'aws:wafv2/webAclAssociation:WebAclAssociation',
  webAclLogs: 'aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration',
  logGroup: 'aws:cloudwatch/logGroup:LogGroup',
};

const recordGroup = (change: Partial<LoadBalancedGroupArgs> = {}) =>
  record(() => {
    const group = new LoadBalancedGroup('api', { ...api, ...change });
    const { dnsName, zoneId, loadBalancerSuffix, targetGroupSuffix } = group;
    return { dnsName, zoneId, loadBalancerSuffix, targetGroupSuffix };
  });

/** The default group, recorded once: most tests look at a part of it. */
let recording: Recording;
beforeAll(async () => {
  recording = await recordGroup();
});

function userDataOf(of: Recording): string {
  return Buffer.from(one(of, types.launchTemplate).inputs.userData as string, 'base64').toString();
}

test('what there is, whose child it is, and in which region', () => {
  expect(counts(recording)).toEqual({
    'stackladder:aws:LoadBalancedGroup': 1,
    'stackladder:aws:AccessLogBucket': 1,
    'aws:ec2/securityGroup:SecurityGroup': 2,
    [types.ingress]: 3,
    [types.egress]: 2,
    [types.bucket]: 1,
    'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': 1,
    'aws:s3/bucketOwnershipControls:BucketOwnershipControls': 1,
    'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': 1,
    'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': 1,
    [types.bucketPolicy]: 1,
    [types.loadBalancer]: 1,
    [types.targetGroup]: 1,
    [types.listener]: 2,
    [types.webAcl]: 1,
    [types.association]: 1,
    [types.webAclLogs]: 1,
    [types.logGroup]: 2,
    'aws:iam/role:Role': 1,
    'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 1,
    [types.policy]: 1,
    'aws:iam/instanceProfile:InstanceProfile': 1,
    [types.launchTemplate]: 1,
    [types.alarm]: 1,
    [types.autoscaling]: 1,
    [types.scaling]: 2,
  });
  const children = recording.resources.filter(({ custom }) => custom);
  expect(new Set(children.map(parentName))).toEqual(new Set(['api', 'api-access-logs']));
  for (const { type, inputs } of children) {
    expect([type, inputs.region]).toEqual([type, type.startsWith('aws:iam/') ? undefined : 'us-east-1']);
  }
  expect(recording.outputs).toEqual({
    dnsName: '<unknown:api.dnsName>',
    zoneId: '<unknown:api.zoneId>',
    loadBalancerSuffix: '<unknown:api.arnSuffix>',
    targetGroupSuffix: '<unknown:api.arnSuffix>',
  });
});

test('the world reaches the balancer alone, and only the balancer reaches the instances', () => {
  const rules = all(recording, types.ingress).map(({ inputs }) => [
    inputs.securityGroupId,
    inputs.cidrIpv4 ?? inputs.referencedSecurityGroupId,
    inputs.fromPort,
    inputs.toPort,
    typeof inputs.description,
  ]);
  expect(rules).toEqual([
    ['<unknown:api-instances.id>', '<unknown:api-lb.id>', 8081, 8081, 'string'],
    ['<unknown:api-lb.id>', '0.0.0.0/0', 80, 80, 'string'],
    ['<unknown:api-lb.id>', '0.0.0.0/0', 443, 443, 'string'],
  ]);
  expect(
    all(recording, types.egress).map(({ inputs }) => [inputs.securityGroupId, inputs.referencedSecurityGroupId]),
  ).toEqual([
    ['<unknown:api-instances.id>', undefined],
    ['<unknown:api-lb.id>', '<unknown:api-instances.id>'],
  ]);
  for (const group of all(recording, 'aws:ec2/securityGroup:SecurityGroup')) {
    expect(Object.keys(group.inputs).sort()).toEqual(['description', 'region', 'tags', 'vpcId']);
  }
});

test('the balancer is careful with headers and writes access logs', () => {
  const balancer = one(recording, types.loadBalancer);
  expect(balancer.inputs).toEqual({
    region: 'us-east-1',
    loadBalancerType: 'application',
    internal: false,
    ipAddressType: 'ipv4',
    subnets: ['subnet-1', 'subnet-2'],
    securityGroups: ['<unknown:api-lb.id>'],
    idleTimeout: 60,
    enableDeletionProtection: true,
    enableHttp2: true,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: 'defensive',
    accessLogs: { enabled: true, bucket: '<unknown:api-access-logs.id>' },
    tags: { System: 'pulse' },
  });
  expect(balancer.dependsOn.join()).toContain('bucketPolicy:BucketPolicy::api-access-logs');
});

test('HTTPS serves and HTTP only redirects', () => {
  const [http, https] = all(recording, types.listener);
  expect(https!.inputs).toMatchObject({
    port: 443,
    protocol: 'HTTPS',
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    certificateArn: api.certificateArn,
    defaultActions: [{ type: 'forward', targetGroupArn: '<unknown:api.arn>' }],
  });
  expect(http!.inputs).toMatchObject({
    port: 80,
    protocol: 'HTTP',
    defaultActions: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
  });
});

test('the target group checks health and lets open requests end', () => {
  expect(one(recording, types.targetGroup).inputs).toMatchObject({
    targetType: 'instance',
    protocol: 'HTTP',
    port: 8081,
    deregistrationDelay: 30,
    loadBalancingAlgorithmType: 'least_outstanding_requests',
    healthCheck: {
      path: '/health',
      interval: 10,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      matcher: '200',
    },
  });
});

test('access logs lie in a private bucket that takes nothing else, and expire', () => {
  const bucket = one(recording, types.bucket);
  expect(bucket.protect).toBe(true);
  expect(bucket.inputs.forceDestroy).toBe(false);
  const policy = JSON.parse(one(recording, types.bucketPolicy).inputs.policy as string);
  expect(policy.Statement).toMatchObject([
    {
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: '<unknown:api-access-logs.arn>/AWSLogs/<unknown:api-lb.ownerId>/*',
    },
    {
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: '<unknown:api-access-logs.arn>/s3/*',
      Condition: { StringEquals: { 'aws:SourceAccount': '<unknown:api-lb.ownerId>' } },
    },
    { Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ]);
  expect(one(recording, 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').inputs).toMatchObject({
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  expect(one(recording, 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration').inputs.rules).toMatchObject(
    [{ status: 'Enabled', expiration: { days: 90 } }],
  );
});

test('logs that need not be kept go with their bucket, and there can be none at all', async () => {
  const throwAway = await recordGroup({ keepLogs: false });
  expect(one(throwAway, types.bucket).protect).toBe(false);
  expect(one(throwAway, types.bucket).inputs.forceDestroy).toBe(true);
  const without = await recordGroup({ accessLogs: false, rateLimit: undefined });
  expect(without.resources.filter(({ type }) => /s3|waf/.test(type))).toEqual([]);
  expect(one(without, types.loadBalancer).inputs.accessLogs).toBeUndefined();
});

test('an address that asks too often gets 429', () => {
  const webAcl = one(recording, types.webAcl).inputs;
  expect(webAcl).toMatchObject({ scope: 'REGIONAL', defaultAction: { allow: {} } });
  expect(webAcl.rules).toMatchObject([
    {
      statement: { rateBasedStatement: { limit: 100, evaluationWindowSec: 60, aggregateKeyType: 'IP' } },
      action: { block: { customResponse: { responseCode: 429 } } },
    },
  ]);
  expect(one(recording, types.association).inputs).toMatchObject({
    resourceArn: '<unknown:api.arn>',
    webAclArn: '<unknown:api.arn>',
  });
});

test('what was refused is kept, without what may hold a session, in a group of the name that AWS WAF asks for', () => {
  const group = all(recording, types.logGroup).find(({ name }) => name.startsWith('aws-waf-logs-'))!;
  expect(group.inputs).toMatchObject({ retentionInDays: 90 });
  const { inputs } = one(recording, types.webAclLogs);
  expect(inputs).toMatchObject({
    resourceArn: '<unknown:api.arn>',
    logDestinationConfigs: [`<unknown:${group.name}.arn>`],
    loggingFilter: {
      defaultBehavior: 'DROP',
      filters: [{ behavior: 'KEEP', conditions: [{ actionCondition: { action: 'BLOCK' } }] }],
    },
  });
  expect(inputs.redactedFields).toEqual([
    { singleHeader: { name: 'authorization' } },
    { singleHeader: { name: 'cookie' } },
    { queryString: {} },
  ]);
});

test('behind a proxy the address is what its header says, where the proxy says it; anybody else is counted by his own', async () => {
  const clientHeader = { name: 'CF-Connecting-IP', from: ['203.0.113.0/24', '2400:cb00::/32'] };
  const rateLimit = { requests: 100, windowSeconds: 60, status: 429, clientHeader };
  const recording = await recordGroup({ rateLimit });
  const set = one(recording, 'aws:wafv2/ipSet:IpSet');
  expect(set.inputs).toMatchObject({ scope: 'REGIONAL', ipAddressVersion: 'IPV4', addresses: ['203.0.113.0/24'] });
  const fromProxy = { ipSetReferenceStatement: { arn: `<unknown:${set.name}.arn>` } };
  expect(one(recording, types.webAcl).inputs.rules).toMatchObject([
    {
      priority: 0,
      statement: {
        rateBasedStatement: {
          aggregateKeyType: 'FORWARDED_IP',
          forwardedIpConfig: { headerName: 'CF-Connecting-IP', fallbackBehavior: 'MATCH' },
          scopeDownStatement: fromProxy,
        },
      },
    },
    {
      priority: 1,
      statement: {
        rateBasedStatement: {
          limit: 100,
          aggregateKeyType: 'IP',
          scopeDownStatement: { notStatement: { statement: fromProxy } },
        },
      },
    },
  ]);
  await expect(
    recordGroup({ rateLimit: { ...rateLimit, clientHeader: { name: 'a b', from: ['x'] } } }),
  ).rejects.toThrow(/rateLimit.clientHeader.name: "a b" is no name of a header\n.*from\[0\]: "x" is no CIDR/);
  await expect(
    recordGroup({ rateLimit: { ...rateLimit, clientHeader: { name: 'X-Client', from: [] } } }),
  ).rejects.toThrow('rateLimit.clientHeader.from: say who is believed about it');
});

test('instances: metadata by token one hop away, an encrypted disk, no public address and no key', () => {
  const { inputs } = one(recording, types.launchTemplate);
  expect(inputs).toMatchObject({
    instanceType: 't3.large',
    imageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: 'disabled',
    },
    networkInterfaces: [
      { associatePublicIpAddress: 'false', securityGroups: ['<unknown:api-instances.id>', 'sg-clients'] },
    ],
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeType: 'gp3', volumeSize: 20, encrypted: 'true' } }],
    monitoring: { enabled: true },
    tagSpecifications: [
      { resourceType: 'instance', tags: { System: 'pulse', Name: 'api' } },
      { resourceType: 'volume', tags: { System: 'pulse', Name: 'api' } },
    ],
    tags: { System: 'pulse', Image: api.image },
  });
  expect(inputs).not.toHaveProperty('keyName');
});

test('user data names the image, the log group and the secrets', () => {
  const files: { path: string; content: string }[] = parse(userDataOf(recording)).write_files;
  const content = (path: string) => files.find((file) => file.path === path)!.content;
  expect(content('/etc/stackladder/service.env')).toBe(`IMAGE=${api.image}\n`);
  expect(content('/etc/stackladder/environment')).toBe(`PORT=8081\nGREETING=it's "100 %" \\ $HOME\n`);
  expect(content('/usr/local/lib/stackladder/run-container')).toContain("'awslogs-group=<unknown:api.name>'");
  for (const [variable, arn] of Object.entries(api.secrets ?? {})) {
    expect(content('/usr/local/lib/stackladder/fetch-secrets')).toContain(`fetch '${variable}' '${arn as string}'`);
  }
});

test('a variable that is a secret is refused, by name and without its value', async () => {
  const valueOf = (value: pulumi.Input<string>) =>
    new Promise<Parameters<typeof plainOnly>[1]>((resolve) => marked(value).apply(resolve));
  const [plain, secret] = [await valueOf(pulumi.output('8081')), await valueOf(pulumi.secret('canary-4711'))];
  expect(plainOnly('PORT', plain)).toBe('8081');
  expect(messageOf(() => plainOnly('TOKEN', secret))).toBe(
    "environment.TOKEN is a secret: keep it in the cloud's secret manager and give it in secrets",
  );
});

test('the role reads its own secrets and writes its own logs, and nothing is open but to read', () => {
  const { Statement } = JSON.parse(one(recording, types.policy).inputs.policy as string) as {
    Statement: { Sid: string; Action: string[]; Resource: string | string[] }[];
  };
  const open = Statement.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
  expect(open).toEqual(['cloudwatch:PutMetricData', 'ec2:DescribeTags', 'ecr:GetAuthorizationToken']);
  const reading = Statement.filter(({ Action }) => Action.some((action) => action.startsWith('secretsmanager')));
  expect(reading).toEqual([
    {
      Sid: 'Secrets',
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: Object.values(api.secrets ?? {}),
    },
  ]);
  expect(one(recording, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment').inputs.policyArn).toBe(
    'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
  );
});

test('the group rolls on a numbered template version, and its size belongs to the autoscaler', () => {
  const group = one(recording, types.autoscaling);
  expect(group.ignoreChanges).toEqual(['desiredCapacity']);
  expect(group.inputs).toMatchObject({
    vpcZoneIdentifiers: ['subnet-3', 'subnet-4'],
    minSize: 2,
    maxSize: 10,
    desiredCapacity: 3,
    launchTemplate: { id: '<unknown:api.id>', version: '<unknown:api.latestVersion>' },
    targetGroupArns: ['<unknown:api.arn>'],
    healthCheckType: 'ELB',
    healthCheckGracePeriod: 180,
    defaultInstanceWarmup: 180,
    instanceRefresh: {
      strategy: 'Rolling',
      preferences: {
        minHealthyPercentage: 100,
        maxHealthyPercentage: 150,
        alarmSpecification: { alarms: ['<unknown:api-rollback.name>'] },
      },
    },
    tags: [
      { key: 'System', value: 'pulse', propagateAtLaunch: true },
      { key: 'Name', value: 'api', propagateAtLaunch: true },
    ],
  });
});

test.each([
  ['the newest Amazon Linux', undefined, false],
  ['a parameter', 'resolve:ssm:/golden', false],
  ['an AMI', 'ami-0123456789abcdef0', true],
  ['an AMI that is only known later', pulumi.output('ami-0123456789abcdef0'), true],
])('rollback is asked for only where AWS allows it: %s', async (_, imageId, autoRollback) => {
  const group = one(await recordGroup({ imageId }), types.autoscaling);
  expect(group.inputs.instanceRefresh).toMatchObject({ preferences: { autoRollback } });
});

test('no instance starts before it can serve: listener, rules, policies, and what the caller waits for', async () => {
  const waiting = await record(() => {
    const first = new aws.ec2.Eip('way-out');
    new LoadBalancedGroup('api', api, { dependsOn: [first] });
    new LoadBalancedGroup('other', api, { dependsOn: first });
  });
  for (const group of all(waiting, types.autoscaling)) {
    const names = group.dependsOn.map((urn) => urn.split('::').pop());
    const own = ['https', 'lb-https', 'instances-lb', 'lb-instances', 'session-manager', 'instance'];
    expect(names).toEqual(expect.arrayContaining(['way-out', ...own.map((part) => `${group.name}-${part}`)]));
  }
});

test('CPU and memory each have a target, and both may remove instances', () => {
  const [cpu, memory] = all(recording, types.scaling).map(({ inputs }) => inputs);
  expect(cpu).toMatchObject({
    autoscalingGroupName: '<unknown:api.name>',
    policyType: 'TargetTrackingScaling',
    targetTrackingConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
      targetValue: 70,
    },
  });
  expect(memory).toMatchObject({
    targetTrackingConfiguration: {
      customizedMetricSpecification: {
        namespace: 'CWAgent',
        metricName: 'mem_used_percent',
        metricDimensions: [{ name: 'AutoScalingGroupName', value: '<unknown:api.name>' }],
        statistic: 'Average',
      },
      targetValue: 80,
    },
  });
  for (const policy of [cpu, memory]) {
    expect(policy!.targetTrackingConfiguration).not.toHaveProperty('disableScaleIn');
  }
});

test('the alarm weighs errors against requests and tells the topic', async () => {
  const alarm = one(recording, types.alarm).inputs;
  expect(alarm).toMatchObject({
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 5,
    treatMissingData: 'notBreaching',
    alarmActions: [api.alarmTopicArn],
  });
  const dimensions = { LoadBalancer: '<unknown:api.arnSuffix>', TargetGroup: '<unknown:api.arnSuffix>' };
  expect(alarm.metricQueries).toMatchObject([
    { id: 'errors', metric: { metricName: 'HTTPCode_Target_5XX_Count', dimensions, stat: 'Sum' } },
    { id: 'requests', metric: { metricName: 'RequestCount', dimensions, stat: 'Sum' } },
    { id: 'percent', expression: '100 * FILL(errors, 0) / requests', returnData: true },
  ]);
  const quiet = await recordGroup({ alarmTopicArn: undefined });
  expect(one(quiet, types.alarm).inputs.alarmActions).toEqual([]);
});

test('a larger machine, more zones and other limits keep every resource', async () => {
  const grown = await recordGroup({
    machine: 'm7g.xlarge',
    publicSubnetIds: ['subnet-1', 'subnet-2', 'subnet-5'],
    privateSubnetIds: ['subnet-3', 'subnet-4', 'subnet-6'],
    capacity: { min: 3, max: 20, desired: 3 },
  });
  expect(grown.resources.map(({ urn }) => urn)).toEqual(recording.resources.map(({ urn }) => urn));
  expect(one(grown, types.launchTemplate).inputs.imageId).toMatch(/al2023-ami-kernel-default-arm64$/);
  expect(one(grown, types.targetGroup).inputs).toEqual(one(recording, types.targetGroup).inputs);
  expect(userDataOf(grown)).toBe(userDataOf(recording));
});

test('all faults in one message, and nothing is created', async () => {
  let message = '';
  const empty = await record(() => {
    message = messageOf(
      () =>
        new LoadBalancedGroup('api', {
          ...api,
          publicSubnetIds: ['subnet-1'],
          privateSubnetIds: [],
          image: '',
          port: 0,
          machine: 'large',
          capacity: { min: 3, max: 2, desired: 1 },
          healthCheck: {
            ...api.healthCheck,
            path: 'health',
            intervalSeconds: 5,
            timeoutSeconds: 5,
            unhealthyThreshold: 11,
          },
          scaling: { cpuPercent: 0, memoryPercent: 101 },
          rateLimit: { requests: 9, windowSeconds: 61, status: 200 },
          idleTimeoutSeconds: 4001,
          drainSeconds: 3601,
          diskGb: 7,
          logRetentionDays: 0,
          environment: { 'A B': 'x', PEM: 'line\nline', MONGO_URL: 'x' },
        }),
    );
  });
  expect(message.split('\n')).toEqual([
    'LoadBalancedGroup "api" cannot be created:',
    '  publicSubnetIds: 1 subnets; there must be at least 2, in different zones',
    '  privateSubnetIds: 0 subnets; there must be at least 2, in different zones',
    '  port: 0 must be a whole number from 1 to 65535',
    '  capacity.max: 2 is below capacity.min (3)',
    '  capacity.desired: 1 must be a whole number from capacity.min (3) to capacity.max (2)',
    '  healthCheck.path: "health" must be a path such as /health',
    '  healthCheck.timeoutSeconds: 5 must be below healthCheck.intervalSeconds (5)',
    '  healthCheck.unhealthyThreshold: 11 must be a whole number from 2 to 10',
    '  scaling.cpuPercent: 0 must be above 0 and at most 100',
    '  scaling.memoryPercent: 101 must be above 0 and at most 100',
    '  rateLimit.requests: 9 must be a whole number from 10 to 2000000000',
    '  rateLimit.windowSeconds: "61" must be one of 60, 120, 300, 600',
    '  rateLimit.status: 200 must be a whole number from 400 to 599',
    '  idleTimeoutSeconds: 4001 must be a whole number from 1 to 4000',
    '  drainSeconds: 3601 must be a whole number from 0 to 3600',
    expect.stringMatching(/^ {2}logRetentionDays: 0 days must be one of 1, 3, /),
    '  image: "" must be the reference of a container image',
    '  machine: "large" must be an EC2 instance type',
    '  diskGb: 7 must be a whole number from 8 to 16384',
    '  environment: "A B" cannot be the name of an environment variable',
    '  environment.PEM: has a line break or a control character, which cannot be written',
    '  secrets.MONGO_URL: stands in environment too',
  ]);
  expect(empty.resources).toEqual([]);
});

test.each([-1, 1.5])('a least capacity of %d is refused', (min) => {
  const capacity = { min, max: 10, desired: 2 };
  expect(messageOf(() => new LoadBalancedGroup('api', { ...api, capacity }))).toContain(
    `capacity.min: ${min} must be a whole number from 0 to 10000`,
  );
});
