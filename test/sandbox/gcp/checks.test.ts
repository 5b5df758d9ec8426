import type { Bag } from '../../../sandbox/model/values';
import { allowMemorystore, GoogleCloud, makeBalancer, makeNetwork, template, unknown, valkey } from './cloud';

let cloud: GoogleCloud;
beforeEach(() => (cloud = new GoogleCloud()));
afterEach(() => cloud.close());

const rateLimit = (options: Bag, action = 'throttle'): Bag => ({
  rules: [
    { priority: 1000, action, match: { versionedExpr: 'SRC_IPS_V1' }, rateLimitOptions: options },
    { priority: 2147483647, action: 'allow', match: { versionedExpr: 'SRC_IPS_V1' } },
  ],
});
const limit = { conformAction: 'allow', exceedAction: 'deny(429)', enforceOnKey: 'IP' };

describe('what Google Cloud refuses', () => {
  test.each([
    ['gcp:compute/subnetwork:Subnetwork', { ipCidrRange: '10.0.0.1/24' }, /host bits are 0/],
    ['gcp:compute/subnetwork:Subnetwork', { ipCidrRange: '10.0.0.0/30' }, /between \/4 and \/29/],
    ['gcp:compute/network:Network', { mtu: 9000 }, /1300 and 8896/],
    ['gcp:compute/routerNat:RouterNat', { natIpAllocateOption: 'MANUAL_ONLY' }, /natIps are required/],
    [
      'gcp:compute/routerNat:RouterNat',
      { enableDynamicPortAllocation: true, enableEndpointIndependentMapping: true },
      /exclude each other/,
    ],
    ['gcp:compute/firewall:Firewall', { allows: [{ protocol: 'tcp' }] }, /one of source_tags/],
    ['gcp:compute/firewall:Firewall', { sourceRanges: ['10.0.0.0/8'] }, /only one of allows, denies/],
    ['gcp:compute/firewall:Firewall', { allows: [{ protocol: 'icmp', ports: ['80'] }] }, /ports cannot be given/],
    [
      'gcp:compute/firewall:Firewall',
      { allows: [{ protocol: 'tcp' }], sourceTags: ['web'], targetServiceAccounts: [unknown] },
      /tags and service accounts/,
    ],
    [
      'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
      template(unknown, { machineType: 't3.large' }),
      /machineType/,
    ],
    [
      'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
      template(unknown, { disks: [{ sourceImage: 'projects/nobody/global/images/mine' }] }),
      /Could not find image/,
    ],
    [
      'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
      template(unknown, { metadata: { 'startup-script': 'x'.repeat(256 * 1024 + 1) } }),
      /at most 256 KB/,
    ],
    [
      'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager',
      { updatePolicy: { type: 'PROACTIVE', minimalAction: 'REPLACE', maxSurgeFixed: 1 } },
      /number of its zones \(3\)/,
    ],
    [
      'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager',
      { updatePolicy: { type: 'PROACTIVE', minimalAction: 'REPLACE', maxSurgeFixed: 0, maxUnavailableFixed: 0 } },
      /cannot both be 0/,
    ],
    [
      'gcp:compute/regionAutoscaler:RegionAutoscaler',
      { autoscalingPolicy: { minReplicas: 5, maxReplicas: 2, cpuUtilization: { target: 70 } } },
      /\(0, 1\], got 70[\s\S]*minReplicas \(5\)/,
    ],
    ['gcp:compute/healthCheck:HealthCheck', { httpHealthCheck: {}, timeoutSec: 10 }, /no more than check_interval_sec/],
    ['gcp:compute/healthCheck:HealthCheck', {}, /exactly one of/],
    [
      'gcp:compute/backendService:BackendService',
      { localityLbPolicy: 'LEAST_REQUEST' },
      /managed load balancing scheme/,
    ],
    ['gcp:compute/uRLMap:URLMap', {}, /exactly one of/],
    [
      'gcp:compute/uRLMap:URLMap',
      { defaultService: unknown, hostRules: [{ hosts: ['a'], pathMatcher: 'b' }] },
      /no path matcher b/,
    ],
    ['gcp:compute/targetHttpsProxy:TargetHttpsProxy', { urlMap: unknown }, /at least one certificate/],
    [
      'gcp:compute/targetHttpsProxy:TargetHttpsProxy',
      { urlMap: unknown, certificateMap: 'projects/p/locations/global/certificateMaps/m' },
      /\/\/certificatemanager/,
    ],
    ['gcp:compute/sSLPolicy:SSLPolicy', { minTlsVersion: 'TLS_1_3', profile: 'MODERN' }, /profile RESTRICTED/],
    [
      'gcp:compute/managedSslCertificate:ManagedSslCertificate',
      { managed: { domains: ['*.example.com'] } },
      /no wildcards/,
    ],
    [
      'gcp:compute/securityPolicy:SecurityPolicy',
      { rules: [{ priority: 1, action: 'allow', match: {} }] },
      /default rule/,
    ],
    [
      'gcp:compute/securityPolicy:SecurityPolicy',
      rateLimit({ ...limit, rateLimitThreshold: { count: 100, intervalSec: 45 } }),
      /interval has 10, 30, 60/,
    ],
    ['gcp:compute/securityPolicy:SecurityPolicy', rateLimit({ ...limit, exceedAction: 'deny(500)' }), /deny\(500\)/],
    ['gcp:compute/securityPolicy:SecurityPolicy', rateLimit(limit, 'allow'), /with no other action/],
    [
      'gcp:compute/securityPolicy:SecurityPolicy',
      {
        rules: [
          { priority: 1, match: { config: { srcIpRanges: Array.from({ length: 11 }, (_, at) => `${at}.0.0.0/8`) } } },
        ],
      },
      /10 source IP ranges at most/,
    ],
    [
      'gcp:compute/securityPolicy:SecurityPolicy',
      { rules: [{ priority: 1, description: 'x'.repeat(65) }] },
      /a description has 64 characters/,
    ],
    ['gcp:certificatemanager/certificate:Certificate', { managed: { domains: ['*.a.com'] } }, /authorization by DNS/],
    ['gcp:certificatemanager/dnsAuthorization:DnsAuthorization', { domain: '*.a.com' }, /without a wildcard/],
    ['gcp:dns/recordSet:RecordSet', { name: 'api.example.com', type: 'A', rrdatas: ['1.2.3.4'] }, /ends with a dot/],
    [
      'gcp:dns/recordSet:RecordSet',
      { managedZone: 'example.com', name: 'a.', type: 'A', rrdatas: ['x'] },
      /name of a zone[\s\S]*no IPv4 address/,
    ],
    ['gcp:storage/bucket:Bucket', { location: 'us-east-1' }, /location constraint/],
    ['gcp:storage/bucket:Bucket', { softDeletePolicy: { retentionDurationSeconds: 60 } }, /at least 604800/],
    ['gcp:storage/bucket:Bucket', { lifecycleRules: [{ action: { type: 'Delete' }, condition: {} }] }, /one condition/],
    ['gcp:secretmanager/secret:Secret', { versionDestroyTtl: '60s' }, /at least 86400s/],
    ['gcp:secretmanager/secretVersion:SecretVersion', { secret: unknown }, /only one of secretData/],
    ['gcp:projects/iAMMember:IAMMember', { role: 'storage.admin', member: 'me@example.com' }, /a role[\s\S]*a member/],
    ['gcp:projects/service:Service', { service: 'compute' }, /name of an API/],
    ['gcp:monitoring/alertPolicy:AlertPolicy', { conditions: [] }, /1 to 6 conditions/],
    [
      'gcp:monitoring/alertPolicy:AlertPolicy',
      { conditions: [{ displayName: 'x', conditionThreshold: { duration: '90s', filter: 'metric.type="a"' } }] },
      /multiple of 60s[\s\S]*resource.type/,
    ],
    [
      'gcp:monitoring/notificationChannel:NotificationChannel',
      { type: 'email', labels: { email_address: 'x' } },
      /e-mail/,
    ],
    ['gcp:monitoring/dashboard:Dashboard', { dashboardJson: '{' }, /invalid JSON/],
    ['gcp:billing/budget:Budget', { billingAccount: '123' }, /billing account/],
    ['gcp:billing/budget:Budget', { budgetFilter: { projects: ['projects/pulse-test'] } }, /by its number/],
    [
      'gcp:cloudrunv2/job:Job',
      { template: { template: { containers: [], timeout: '10m' } } },
      /one container[\s\S]*600s/,
    ],
    ['gcp:container/cluster:Cluster', { location: 'us-central1' }, /initial_node_count/],
    ['gcp:container/cluster:Cluster', { privateClusterConfig: { masterIpv4CidrBlock: '172.16.0.0/24' } }, /a \/28/],
    [
      'gcp:container/nodePool:NodePool',
      { autoscaling: { minNodeCount: 1, totalMaxNodeCount: 5 } },
      /exclude each other/,
    ],
  ])('%s with %j', (type, inputs, reason) => {
    expect(cloud.refusals(type, inputs as never).join('\n')).toMatch(reason);
  });

  test('a rate limit in the words of the guide is accepted', () => {
    const inputs = rateLimit({ ...limit, rateLimitThreshold: { count: 100, intervalSec: 60 } });
    expect(cloud.refusals('gcp:compute/securityPolicy:SecurityPolicy', inputs)).toEqual([]);
  });
});

describe('names and places', () => {
  test('a name is made in lower case, and keeps to 63 characters', () => {
    expect(cloud.make('gcp:compute/network:Network', 'Prod', {}).id).toMatch(/networks\/prod-[0-9a-f]{7}$/);
    expect(cloud.refusals('gcp:compute/network:Network', { name: 'with_underscore' }).join()).toMatch(
      /lower-case letter/,
    );
    const long = cloud.check('gcp:compute/network:Network', 'x'.repeat(57), {}).problems;
    expect(long.map(({ reason }) => reason).join()).toMatch(/longer than maximum length 63/);
  });

  test.each([
    ['gcp:serviceaccount/account:Account', { accountId: 'short' }, /6 to 30/],
    ['gcp:memorystore/instance:Instance', { instanceId: 'abc' }, /4 to 63/],
    ['gcp:storage/bucket:Bucket', { name: 'my-google-bucket' }, /does not hold "google"/],
    ['gcp:container/cluster:Cluster', { name: 'x'.repeat(41) }, /1 - 40/],
  ])('%s refuses the name in %j', (type, inputs, reason) => {
    expect(cloud.refusals(type, inputs).join('\n')).toMatch(reason);
  });

  test('ids and links have Google’s form, with the provider’s project and region', () => {
    const { network, subnetwork } = makeNetwork(cloud);
    expect([network, subnetwork]).toEqual([
      'projects/pulse-test/global/networks/net',
      'projects/pulse-test/regions/us-central1/subnetworks/subnet',
    ]);
    const address = cloud.make('gcp:compute/address:Address', 'out', { name: 'out' });
    expect(address).toMatchObject({
      project: 'pulse-test',
      region: 'us-central1',
      selfLink: 'https://www.googleapis.com/compute/v1/projects/pulse-test/regions/us-central1/addresses/out',
    });
  });

  test('without a project anywhere nothing is made, and a number is no project', () => {
    const lost = new GoogleCloud({});
    expect(lost.refusals('gcp:compute/network:Network', {})).toEqual(['project: required field is not set']);
    lost.close();
    const provider = cloud.provider('gcp:compute/network:Network');
    expect(provider.checkConfig({ project: '123456789012' })[0]?.reason).toMatch(/no project id/);
    expect(provider.checkConfig({ project: 'pulse-prod-1' })).toEqual([]);
  });

  test('labels are shown with the mark of the provider, as secrets as the SDK says', () => {
    const made = cloud.make('gcp:compute/globalAddress:GlobalAddress', 'front', { labels: { system: 'pulse' } });
    expect(made.effectiveLabels).toMatchObject({ value: { system: 'pulse', 'goog-pulumi-provisioned': 'true' } });
  });
});

describe('what has to be there before', () => {
  test('ranges of one network lie side by side, secondary ones too', () => {
    const { network } = makeNetwork(cloud);
    const subnet = (ipCidrRange: string) => () =>
      cloud.make('gcp:compute/subnetwork:Subnetwork', `s${ipCidrRange.length}`, {
        network,
        region: 'us-west1',
        ipCidrRange,
      });
    expect(subnet('10.65.0.0/16')).toThrow(/conflicts with/);
    expect(subnet('10.20.16.0/20')).not.toThrow();
  });

  test('a reference may be an id, a link or a name', () => {
    const made = cloud.make('gcp:compute/network:Network', 'net', { name: 'net', autoCreateSubnetworks: false });
    for (const network of [made.id, made.selfLink ?? '', 'net']) {
      expect(cloud.refusals('gcp:compute/router:Router', { network })).toEqual([]);
    }
    expect(() => cloud.make('gcp:compute/router:Router', 'r', { network: 'other' })).toThrow(/notFound/);
  });

  test('a template in a custom network names its subnetwork', () => {
    const { network } = makeNetwork(cloud);
    const make = () =>
      cloud.make('gcp:compute/regionInstanceTemplate:RegionInstanceTemplate', 't', {
        ...template(''),
        networkInterfaces: [{ network }],
      });
    expect(make).toThrow(/must specify a subnet/);
  });

  test('a group has the port that its balancer asks for, and one autoscaler', () => {
    makeBalancer(cloud);
    const group = cloud.of('group');
    const backend = { backends: [{ group: group.outputs.instanceGroup ?? '' }], healthChecks: cloud.of('health').id };
    expect(() =>
      cloud.make('gcp:compute/backendService:BackendService', 'b', { ...backend, portName: 'grpc' }),
    ).toThrow(/no named port grpc/);
    const second = { region: 'us-central1', target: group.id, autoscalingPolicy: { minReplicas: 1, maxReplicas: 2 } };
    expect(() => cloud.make('gcp:compute/regionAutoscaler:RegionAutoscaler', 'two', second)).toThrow(/already/);
  });

  test('a forwarding rule and the services behind it are of one scheme', () => {
    makeBalancer(cloud);
    const target = cloud.of('proxy').id;
    const rule = () =>
      cloud.make('gcp:compute/globalForwardingRule:GlobalForwardingRule', 'two', { target, portRange: '443' });
    expect(rule).toThrow(/loadBalancingScheme/);
  });

  test('a service account is there before it gets a role, Google’s own always are', () => {
    const grant = (member: string) => () =>
      cloud.make('gcp:projects/iAMMember:IAMMember', member, {
        project: 'pulse-test',
        role: 'roles/logging.logWriter',
        member,
      });
    expect(grant('serviceAccount:app@pulse-test.iam.gserviceaccount.com')).toThrow(/does not exist/);
    const account = cloud.make('gcp:serviceaccount/account:Account', 'app', { accountId: 'pulse-app' });
    expect(account.email).toBe('pulse-app@pulse-test.iam.gserviceaccount.com');
    expect(grant(String(account.member))).not.toThrow();
    expect(grant('serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com')).not.toThrow();
  });

  test('a workload identity pool comes with the first cluster', () => {
    const { network, subnetwork } = makeNetwork(cloud);
    const account = cloud.make('gcp:serviceaccount/account:Account', 'app', { accountId: 'pulse-app' }).id;
    const bind = () =>
      cloud.make('gcp:serviceaccount/iAMMember:IAMMember', 'bind', {
        serviceAccountId: account,
        role: 'roles/iam.workloadIdentityUser',
        member: 'serviceAccount:pulse-test.svc.id.goog[pulse/api]',
      });
    expect(bind).toThrow(/Identity Pool does not exist/);
    cloud.make('gcp:container/cluster:Cluster', 'gke', {
      location: 'us-central1',
      network,
      subnetwork,
      initialNodeCount: 1,
      deletionProtection: false,
      workloadIdentityConfig: { workloadPool: 'pulse-test.svc.id.goog' },
    });
    expect(bind).not.toThrow();
  });

  test('once the program enables an API, it needs each that it calls', () => {
    const enable = (service: string) => cloud.make('gcp:projects/service:Service', service, { service });
    const make = (name: string) => () => cloud.make('gcp:compute/network:Network', name, {});
    expect(make('before')).not.toThrow();
    enable('run.googleapis.com');
    expect(make('after')).toThrow(/SERVICE_DISABLED: compute.googleapis.com/);
    enable('compute.googleapis.com');
    expect(make('then')).not.toThrow();
    expect(() => cloud.make('gcp:storage/bucket:Bucket', 'always', { location: 'US' })).not.toThrow();
  });

  test('pods are named by the pool that their cluster brought', () => {
    const pool = 'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools';
    const grant = () =>
      cloud.make('gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember', 'proves', {
        managedZone: 'example-com',
        role: 'roles/dns.admin',
        member: `${pool}/pulse-test.svc.id.goog/subject/ns/cert-manager/sa/cert-manager`,
      });
    expect(grant).toThrow(/Identity Pool does not exist \(pulse-test.svc.id.goog\)/);
    const workloadIdentityConfig = { workloadPool: 'pulse-test.svc.id.goog' };
    const inputs = { location: 'us-central1', initialNodeCount: 1, workloadIdentityConfig };
    cloud.make('gcp:container/cluster:Cluster', 'gke', inputs);
    expect(grant).not.toThrow();
  });

  test('a cluster finds its ranges in the subnetwork', () => {
    const { network, subnetwork } = makeNetwork(cloud);
    const make = (name: string, clusterSecondaryRangeName: string) => () =>
      cloud.make('gcp:container/cluster:Cluster', name, {
        location: 'us-central1',
        network,
        subnetwork,
        initialNodeCount: 1,
        ipAllocationPolicy: { clusterSecondaryRangeName, servicesSecondaryRangeName: 'services' },
      });
    expect(make('one', 'nothing')).toThrow(/Secondary range "nothing" does not exist/);
    expect(make('two', 'pods')).not.toThrow();
  });

  test('Memorystore makes endpoints only where a policy lets it', () => {
    const { network, subnetwork } = makeNetwork(cloud);
    const make = () => cloud.make('gcp:memorystore/instance:Instance', 'cache', valkey(network));
    expect(make).toThrow(/service connection policy/);
    allowMemorystore(cloud, network, subnetwork);
    const made = make();
    expect(made).toMatchObject({
      name: 'projects/pulse-test/locations/us-central1/instances/cache',
      endpoints: [
        { connections: [{ pscAutoConnection: { connectionType: 'CONNECTION_TYPE_DISCOVERY', port: 6379 } }, {}] },
      ],
    });
  });

  test('Memorystore takes one change in an update', () => {
    const { network, subnetwork } = makeNetwork(cloud);
    allowMemorystore(cloud, network, subnetwork);
    cloud.make('gcp:memorystore/instance:Instance', 'cache', valkey(network));
    const grow = (more: object) => () => cloud.change('cache', valkey(network, more as never));
    expect(grow({ nodeType: 'HIGHMEM_MEDIUM', shardCount: 2 })).toThrow(/exactly 1 update_mask field/);
    expect(grow({ nodeType: 'HIGHMEM_MEDIUM', labels: { phase: 'large' } })).toThrow(/labels/);
    grow({ nodeType: 'HIGHMEM_MEDIUM' })();
    grow({ nodeType: 'HIGHMEM_MEDIUM', shardCount: 2 })();
    expect(cloud.of('cache').inputs).toMatchObject({ nodeType: 'HIGHMEM_MEDIUM', shardCount: 2 });
  });

  test('a certificate map is named with its service before it, and a domain is proven', () => {
    const map = cloud.make('gcp:certificatemanager/certificateMap:CertificateMap', 'map', { name: 'map' }).id;
    const urlMap = cloud.make('gcp:compute/uRLMap:URLMap', 'redirect', {
      defaultUrlRedirect: { httpsRedirect: true, stripQuery: false },
    }).id;
    const proxy = (certificateMap: string) => () =>
      cloud.make('gcp:compute/targetHttpsProxy:TargetHttpsProxy', certificateMap.slice(-3), { urlMap, certificateMap });
    expect(proxy(`//certificatemanager.googleapis.com/${map}`)).not.toThrow();
    expect(proxy('//certificatemanager.googleapis.com/projects/p/locations/global/certificateMaps/other')).toThrow(
      /notFound/,
    );
    const authorization = cloud.make('gcp:certificatemanager/dnsAuthorization:DnsAuthorization', 'proof', {
      domain: 'api.example.com',
    });
    expect(authorization.dnsResourceRecords).toMatchObject([
      { name: '_acme-challenge.api.example.com.', type: 'CNAME' },
    ]);
    const certify = (domains: string[]) => () =>
      cloud.make('gcp:certificatemanager/certificate:Certificate', `c${domains.length}`, {
        managed: { domains, dnsAuthorizations: [authorization.id] },
      });
    expect(certify(['api.example.com', '*.api.example.com'])).not.toThrow();
    expect(certify(['static.example.com'])).toThrow(/static.example.com/);
  });

  test('a proxy is never without a certificate, not even between two calls of the provider', () => {
    const map = cloud.make('gcp:certificatemanager/certificateMap:CertificateMap', 'map', { name: 'map' }).id;
    const certificateMap = `//certificatemanager.googleapis.com/${map}`;
    const own = (name: string) =>
      cloud.make('gcp:compute/managedSslCertificate:ManagedSslCertificate', name, {
        managed: { domains: [`${name}.example.com`] },
      }).id;
    const [first, second] = [own('first'), own('second')];
    const urlMap = cloud.make('gcp:compute/uRLMap:URLMap', 'redirect', {
      defaultUrlRedirect: { httpsRedirect: true, stripQuery: false },
    }).id;
    cloud.make('gcp:compute/targetHttpsProxy:TargetHttpsProxy', 'proxy', { urlMap, sslCertificates: [first] });
    expect(cloud.change('proxy', { urlMap, sslCertificates: [second] })).toMatchObject({ sslCertificates: [second] });
    expect(() => cloud.change('proxy', { urlMap, certificateMap })).toThrow(/at least 1 SSL certificate/);
    cloud.make('gcp:compute/targetHttpsProxy:TargetHttpsProxy', 'mapped', { urlMap, certificateMap });
    expect(() => cloud.change('mapped', { urlMap, sslCertificates: [first], certificateMap })).not.toThrow();
  });

  test('a bucket that prevents public access gives nothing to everybody, and its name is the world’s', () => {
    const bucket = { name: 'pulse-recordings', location: 'US', publicAccessPrevention: 'enforced' };
    const id = cloud.make('gcp:storage/bucket:Bucket', 'one', bucket).id;
    expect(() => cloud.make('gcp:storage/bucket:Bucket', 'two', bucket)).toThrow(/namespace is shared/);
    const open = () =>
      cloud.make('gcp:storage/bucketIAMMember:BucketIAMMember', 'open', {
        bucket: id,
        role: 'roles/storage.objectViewer',
        member: 'allUsers',
      });
    expect(open).toThrow(/public access prevention/);
  });
});
