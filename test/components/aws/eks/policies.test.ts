import {
  autoscalerPolicy,
  bucketPolicy,
  domainProofPolicy,
  loadBalancerPolicy,
  type PolicyDocument,
} from '../../../../components/aws/eks/policies';

const policies: [string, PolicyDocument][] = [
  ['autoscaler', autoscalerPolicy('pulse')],
  ['load balancer', loadBalancerPolicy('pulse')],
  ['buckets', bucketPolicy(['arn:aws:s3:::recordings'])],
  ['domain', domainProofPolicy('Z123')],
];
const reads = (action: string): boolean => /:(Describe|Get|List)/.test(action);

describe.each(policies)('what the %s policy allows', (_, { Statement }) => {
  test('names every action, and nothing of IAM but the role of a service', () => {
    for (const action of Statement.flatMap(({ Action }) => Action)) {
      expect(action).not.toContain('*');
      if (action !== 'iam:CreateServiceLinkedRole') expect(action).not.toMatch(/^(iam|sts|kms|secretsmanager):/);
    }
  });

  test('holds what changes something to a resource of its own or to a condition', () => {
    for (const { Action, Resource, Condition, Sid } of Statement) {
      if (Action.every(reads) || Sid === 'SecurityGroup') continue;
      const wide = [Resource].flat().some((resource) => /^\*$|\*:\*/.test(resource));
      if (wide) expect([Sid, Condition]).not.toEqual([Sid, undefined]);
    }
  });

  test('fits into a role’s policies and has a name for each part', () => {
    const sids = Statement.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    expect(JSON.stringify({ Statement }).length).toBeLessThan(10_240); // IAM's limit of a role's own policies
  });
});

test('an account without a balancer gets the role that balancers need, and no other', () => {
  const role = loadBalancerPolicy('pulse').Statement.find(({ Action }) => Action.join().startsWith('iam:'))!;
  expect(role.Action).toEqual(['iam:CreateServiceLinkedRole']);
  expect(role.Resource).toMatch(/:role\/aws-service-role\/elasticloadbalancing\.amazonaws\.com\//);
  expect(role.Condition).toEqual({ StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } });
});

test('the autoscaler changes groups of its own cluster alone', () => {
  const size = autoscalerPolicy('pulse').Statement.find(({ Sid }) => Sid === 'Size');
  expect(size!.Action).toEqual(['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup']);
  expect(size!.Condition).toEqual({
    StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/pulse': 'owned' },
  });
});

test('buckets: the objects of the named ones', () => {
  const [, objects] = bucketPolicy(['arn:aws:s3:::recordings', 'arn:aws:s3:::static']).Statement;
  expect(objects!.Resource).toEqual(['arn:aws:s3:::recordings/*', 'arn:aws:s3:::static/*']);
});

test('a domain is proven by text records of ACME in one zone', () => {
  const prove = domainProofPolicy('Z123').Statement.find(({ Sid }) => Sid === 'Prove')!;
  expect(prove.Resource).toBe('arn:aws:route53:::hostedzone/Z123');
  expect(JSON.stringify(prove.Condition)).toContain('_acme-challenge.*');
});
