import { clouds, environments, phases, type CloudName } from '../../../plan/vocabulary';
import { parseSettings } from '../../settings';
import { systems } from '../../../systems';
import { pulse } from '../../../systems/pulse';
import { faultsOf, prodWith } from './helpers';

const taken = (changes: Record<string, unknown>, secretKeys: string[] = []) =>
  parseSettings(prodWith(changes, secretKeys), systems);
const keysOf = (changes: Record<string, unknown>, secretKeys: string[] = []) =>
  faultsOf(prodWith(changes, secretKeys)).map((fault) => fault.key);

describe('the line that moves a stack', () => {
  const everywhere = clouds.flatMap((cloud) =>
    phases.flatMap((phase) => environments.map((environment) => ({ cloud, phase, environment }))),
  );

  test.each(everywhere)('the example of prod is right on %j', (place) => {
    expect(taken(place)).toMatchObject({ ...place, compute: pulse.runsOn[place.cloud]![0] });
  });

  test.each(clouds)('what is required elsewhere is not asked for on %s', (cloud) => {
    const others = Object.fromEntries(clouds.filter((name) => name !== cloud).map((name) => [name, undefined]));
    expect(taken({ cloud, ...others }).cloud).toBe(cloud);
  });

  test('zones by their number hold on every cloud, also where a region is one', () => {
    expect(clouds.map((cloud) => taken({ cloud, zones: 2 }).zones)).toEqual([2, 2, 2, 2]);
    expect(keysOf({ cloud: 'gcp', zones: 1 })).toEqual(['zones']);
    expect(taken({ cloud: 'digitalocean', zones: 1 }).zones).toBe(1);
  });

  test('a system that is built for one cloud says so', () => {
    const raw = prodWith({ cloud: 'gcp' });
    const onlyAws = { pulse: { ...pulse, runsOn: { aws: ['instances' as const] } } };
    expect(() => parseSettings(raw, onlyAws)).toThrow(
      /cloud = "gcp" is not built yet for this system\.\n {3}Allowed: what pulse is built for today: aws with instances\./,
    );
  });
});

describe('regions and zones', () => {
  const file = {
    regions: ['eu-west-1', 'eu-north-1'],
    gcp: { projectId: 'pulse-prod-example', regions: ['europe-west1'], zones: ['europe-west1-b', 'europe-west1-c'] },
    digitalocean: { dnsDomain: 'example.com', regions: ['fra1'], zones: ['fra1'] },
    kubernetes: { certificateIssuer: 'letsencrypt', regions: ['berlin'], zones: ['rack-1', 'rack-2'] },
  };

  test.each<[CloudName, string[], string[] | undefined]>([
    ['aws', ['eu-west-1', 'eu-north-1'], undefined],
    ['gcp', ['europe-west1'], ['europe-west1-b', 'europe-west1-c']],
    ['digitalocean', ['fra1'], ['fra1']],
    ['kubernetes', ['berlin'], ['rack-1', 'rack-2']],
  ])('of %s: its own, or those at the top', (cloud, regions, zones) => {
    const { aws, gcp } = taken({ cloud, ...file }).accounts;
    expect(taken({ cloud, ...file })).toMatchObject({ regions, zones });
    expect([aws.regions, gcp.regions]).toEqual([undefined, ['europe-west1']]);
  });

  test('those of the section are the ones that are checked', () => {
    expect(keysOf({ cloud: 'gcp', ...file, phase: 'enterprise' })).toEqual(['gcp.regions']);
    const zones = { ...file.gcp, zones: ['europe-west1-b', 'europe-west4-a'] };
    expect(keysOf({ cloud: 'gcp', ...file, gcp: zones })).toEqual(['gcp.zones[1]']);
  });

  test('a plain cluster is one region at enterprise too, whatever range it is in', () => {
    const settings = taken({ cloud: 'kubernetes', ...file, phase: 'enterprise', cidr: '10.255.0.0/16' });
    expect(settings.regions).toEqual(['berlin']);
  });
});

describe('what documents need', () => {
  const databaseUrl = 'mongodb+srv://pulse:canary@db.example.com/pulse';

  test('an Atlas organization where the system keeps them on Atlas', () => {
    const without = (cloud: CloudName) => ({ cloud, atlasOrganizationId: undefined });
    expect(keysOf(without('gcp'))).toEqual(['atlasOrganizationId']);
    expect(taken(without('digitalocean')).atlasOrganizationId).toBeUndefined();
    expect(taken(without('kubernetes')).atlasOrganizationId).toBeUndefined();
  });

  test('and where it keeps stores that are there', () => {
    const moved = { cloud: 'digitalocean', atlasOrganizationId: undefined, keep: ['gcp'] };
    expect(keysOf(moved)).toEqual(['atlasOrganizationId']);
  });

  test.each(clouds)('nothing on %s where a database is given', (cloud) => {
    const changes = { cloud, atlasOrganizationId: undefined, databaseUrl };
    const settings = taken(changes, ['databaseUrl']);
    expect(settings.given).toEqual({
      databaseUrl: true,
      registryCredentials: false,
      kubeconfig: false,
      dnsToken: false,
      cloudflareToken: false,
    });
    expect(JSON.stringify(settings)).not.toContain('canary');
  });

  test("nor where a cloud's own secret names one, on that cloud", () => {
    const databaseSecretId = 'projects/pulse-prod-example/secrets/mongo-url';
    const changes = { gcp: { projectId: 'pulse-prod-example', databaseSecretId }, atlasOrganizationId: undefined };
    expect(taken({ cloud: 'gcp', ...changes }).accounts.gcp.databaseSecretId).toBe(databaseSecretId);
    expect(keysOf({ cloud: 'aws', ...changes })).toEqual(['atlasOrganizationId']);
  });
});

describe('secrets that stand alone', () => {
  const secrets = {
    databaseUrl: 'mongodb://db.example.com/pulse',
    registryCredentials: { auths: { 'ghcr.io': { auth: 'canary' } } },
    kubeconfig: 'clusters: []\ncontexts: []\nusers:\n  - user: {token: canary}\n',
  };

  test('leave a word that they are there, and nothing of what they say', () => {
    const settings = taken(secrets, Object.keys(secrets));
    expect(settings.given).toEqual({
      databaseUrl: true,
      registryCredentials: true,
      kubeconfig: true,
      dnsToken: false,
      cloudflareToken: false,
    });
    expect(JSON.stringify(settings)).not.toContain('canary');
  });

  test('are refused in plain text, each', () => {
    expect(keysOf(secrets)).toEqual(['databaseUrl', 'registryCredentials', 'kubeconfig']);
    expect(keysOf(secrets, ['kubeconfig'])).toEqual(['databaseUrl', 'registryCredentials']);
  });
});

describe('clouds that the stack has left', () => {
  test('are kept, and released by naming them twice', () => {
    const settings = taken({ cloud: 'gcp', keep: ['aws', 'digitalocean'], discardStores: ['aws'] });
    expect(settings).toMatchObject({ keep: ['aws', 'digitalocean'], discardStores: ['aws'] });
  });
});
