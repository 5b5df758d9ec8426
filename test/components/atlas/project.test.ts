import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { singleAddressRange } from '../../../components/atlas/access-range';
import { DatabaseAlert } from '../../../components/atlas/alert';
import { AtlasProject } from '../../../components/atlas/project';
import { all, counts, messageOf, one, parentName } from '../recorded';

const organizationId = '5f0e1d2c3b4a59687a6b5c4d';
const projectType = 'mongodbatlas:index/project:Project';
const accessType = 'mongodbatlas:index/projectIpAccessList:ProjectIpAccessList';

test('a project, and the addresses that may connect', async () => {
  const recording = await record(() => {
    const accessList = { 'nat-a': '203.0.113.7', 'nat-b': pulumi.output('203.0.113.8/32') };
    const project = new AtlasProject('pulse-dev-db', {
      organizationId,
      accessList,
      protect: true,
      tags: { System: 'pulse' },
    });
    return { projectId: project.projectId };
  });
  const project = one(recording, projectType);
  expect(project.inputs).toEqual({ orgId: organizationId, tags: { System: 'pulse' } });
  expect(project.protect).toBe(true);
  expect(parentName(project)).toBe('pulse-dev-db');
  expect(all(recording, accessType).map(({ name, inputs }) => [name, inputs.cidrBlock, inputs.projectId])).toEqual([
    ['pulse-dev-db-from-nat-a', '203.0.113.7/32', '<unknown:pulse-dev-db.id>'],
    ['pulse-dev-db-from-nat-b', '203.0.113.8/32', '<unknown:pulse-dev-db.id>'],
  ]);
  expect(recording.outputs.projectId).toBe('<unknown:pulse-dev-db.id>');
});

test('an existing project is used as it is, and without a list nobody is let in', async () => {
  const existingProjectId = '0123456789abcdef01234567';
  const recording = await record(() => {
    const project = new AtlasProject('pulse-prod-db', { organizationId: '', existingProjectId, protect: true });
    return { projectId: project.projectId };
  });
  expect(counts(recording)).toEqual({ 'stackladder:atlas:AtlasProject': 1 });
  expect(recording.outputs.projectId).toBe(existingProjectId);
});

test('all faults of a project in one message', () => {
  const wrong = { organizationId: 'mine', accessList: { all: '0.0.0.0/0' }, protect: true };
  expect(messageOf(() => new AtlasProject('p', wrong)).split('\n')).toEqual([
    'AtlasProject "p" cannot be created:',
    '  organizationId: "mine" must be 24 hexadecimal digits',
    '  accessList.all: "0.0.0.0/0" must be one IPv4 address',
  ]);
  expect(messageOf(() => new AtlasProject('p', { ...wrong, existingProjectId: 'this' }))).toContain(
    'existingProjectId: "this" must be 24 hexadecimal digits',
  );
});

test('an access list entry is one address, also where only the cloud knows it', () => {
  expect(singleAddressRange('203.0.113.7')).toBe('203.0.113.7/32');
  expect(singleAddressRange('203.0.113.7/32')).toBe('203.0.113.7/32');
  expect(() => singleAddressRange('0.0.0.0/0')).toThrow('0.0.0.0/0 lets in more than one address');
});

test('everybody is told when a cluster has no primary', async () => {
  const recording = await record(() => {
    new DatabaseAlert('pulse-prod-db', {
      projectId: 'p',
      clusterName: 'c',
      minutes: 1,
      emails: ['a@example.com', 'b@example.com'],
    });
  });
  const told = (emailAddress: string) => ({ typeName: 'EMAIL', emailAddress, delayMin: 1, intervalMin: 15 });
  expect(one(recording, 'mongodbatlas:index/alertConfiguration:AlertConfiguration').inputs).toEqual({
    projectId: 'p',
    eventType: 'NO_PRIMARY',
    enabled: true,
    matchers: [{ fieldName: 'CLUSTER_NAME', operator: 'EQUALS', value: 'c' }],
    notifications: [told('a@example.com'), told('b@example.com')],
  });
  const message = messageOf(
    () => new DatabaseAlert('a', { projectId: 'p', clusterName: 'c', minutes: 0, emails: ['me'] }),
  );
  expect(message).toContain('minutes: 0 must be a whole number from 1 to 60');
  expect(message).toContain('emails[0]: "me" is not an e-mail address');
});

test('without a name the alert is for every cluster of the project', async () => {
  const recording = await record(() => {
    new DatabaseAlert('pulse-prod-db', { projectId: 'p', minutes: 1, emails: ['a@example.com'] });
  });
  expect(one(recording, 'mongodbatlas:index/alertConfiguration:AlertConfiguration').inputs).not.toHaveProperty(
    'matchers',
  );
});
