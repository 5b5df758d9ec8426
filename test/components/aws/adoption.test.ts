import { makeOfflinePlan, type OfflinePlan } from '../../../cli/offline/make-plan';
import type { Compute } from '../../../plan/vocabulary';

const network = {
  vpcId: 'vpc-00000000',
  publicSubnetIds: ['subnet-00000001', 'subnet-00000002'],
  privateSubnetIds: ['subnet-00000003', 'subnet-00000004'],
  dataSubnetIds: ['subnet-00000005', 'subnet-00000006'],
};

/** Mercenary's range of instances holds at every phase, so its group is one that is waited for. */
function planOf(compute: Compute, adoptDatabase?: string): Promise<OfflinePlan> {
  const aws = JSON.stringify({ hostedZoneId: 'Z0000000PLACEHOLDER', network, adoptDatabase });
  const config = { aws: { text: aws, secret: false } };
  return makeOfflinePlan({ system: 'mercenary', phase: 'small', cloud: 'aws', environment: 'prod', compute, config });
}

/** A database keeps its password while it is imported: services cannot be well, and the update must end all the same. */
describe('the update that takes a database over', () => {
  const group = async (adopt?: string) => {
    const { resources } = await planOf('instances', adopt);
    return resources.find(({ name, type }) => type.endsWith(':Group') && name === 'mercenary-prod-api-use1')!.inputs;
  };
  test('does not wait for the instances of its services', async () => {
    expect(await group('shop')).toMatchObject({ waitForCapacityTimeout: '0s' });
    expect(await group('shop')).not.toHaveProperty('minElbCapacity');
    expect(await group()).toMatchObject({ waitForCapacityTimeout: '15m', minElbCapacity: 2 });
  });

  test('does not wait for their pods', async () => {
    const annotated = async (adopt?: string) => {
      const { resources } = await planOf('kubernetes', adopt);
      return resources.flatMap(({ type, name, inputs }) => {
        const { annotations } = (inputs.metadata ?? {}) as { annotations?: Record<string, string> };
        return annotations?.['pulumi.com/skipAwait'] ? [`${type.split(':').at(-1)} ${name}`] : [];
      });
    };
    expect((await annotated('shop')).sort()).toEqual([
      'Deployment mercenary-prod-eks-use1-api',
      'Deployment mercenary-prod-eks-use1-celery',
      'Service mercenary-prod-eks-use1-api',
    ]);
    expect(await annotated()).toEqual([]);
  });
});
