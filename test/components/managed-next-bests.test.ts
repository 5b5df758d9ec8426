import { cloudOf } from '../../components/clouds';
import type { Plan } from '../../plan/types';
import { clusterPlan } from './managed-clusters';

const clouds = ['aws', 'gcp', 'digitalocean'] as const;
const said = (plan: Plan): string => cloudOf(plan).nextBests(plan).join('\n');

test.each(['aws', 'gcp'] as const)('whoever runs `up` on %s is told where to stand', (cloud) => {
  const reached = (controlPlaneCidrs: string[]) =>
    said(clusterPlan(cloud, 'small', 'dev', { [cloud]: { controlPlaneCidrs } }));
  const told = `a private range in ${cloud}.controlPlaneCidrs`;
  expect(reached([])).toContain(told);
  expect(reached(['10.200.0.0/16'])).toContain(told);
  expect(reached(['203.0.113.0/24'])).not.toContain('control plane');
});

describe.each(clouds)('on a cluster of %s', (cloud) => {
  const given = { kubernetes: { certificateIssuer: 'ours' } };

  test('the limit is that of nginx, and each replica counts for itself', () => {
    const sentences = said(clusterPlan(cloud, 'large', 'prod', given));
    expect(sentences).toContain('each of the 2 to 4 nginx replicas counts for itself: 100 requests per 60 s');
    for (const word of ['WAF', 'Cloud Armor', 'droplet']) expect(sentences).not.toContain(word);
  });

  test('without monitoring there is no alert, and with it nobody is told yet', () => {
    expect(said(clusterPlan(cloud, 'small', 'prod', given))).toContain('No alerts and no dashboard');
    const watched = said(
      clusterPlan(cloud, 'small', 'prod', { kubernetes: { ...given.kubernetes, monitoring: true } }),
    );
    expect(watched).toContain('AlertmanagerConfig in the namespace pulse-prod');
    expect(watched).not.toContain('No alerts');
  });

  test('an issuer of another cluster is not there on this one, unless we can make it', () => {
    const plan = clusterPlan(cloud, 'small', 'prod', given);
    const proving = (able: boolean): Plan => ({
      ...plan,
      given: { ...plan.given, dnsToken: able },
      accounts: {
        ...plan.accounts,
        aws: { ...plan.accounts.aws, hostedZoneId: able ? 'Z123' : undefined },
        gcp: { ...plan.accounts.gcp, dnsZone: able ? 'zone' : undefined },
      },
    });
    expect(said(proving(false))).toContain('the ClusterIssuer ours is yours to put on the cluster');
    expect(said(proving(true))).not.toContain('ClusterIssuer');
  });
});
