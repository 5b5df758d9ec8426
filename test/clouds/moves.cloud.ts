import { Lab } from '../engine/lab';
import { isStore } from '../engine/stores';

test('in dev an explicit discardStores lets the old stores go in the same update', () => {
  const lab = new Lab('dev');
  try {
    lab.configure('dev');
    expect(lab.up().code).toBe(0);
    lab.configure('dev', { cloud: 'digitalocean' });
    expect(lab.preview().output).toContain('leaves behind stores');
    lab.configure('dev', { cloud: 'digitalocean', discardStores: ['aws'] });
    const { code, output } = lab.up();
    expect(output).not.toContain('error:');
    expect(code).toBe(0);
    expect(lab.resources().filter(({ type }) => type.startsWith('aws:'))).toEqual([]);
  } finally {
    lab.close();
  }
});

test('stores in a cluster stay as they are when services leave it, though the new cloud is given a database', () => {
  const lab = new Lab('prod');
  try {
    const given = { environment: 'staging', cloud: 'kubernetes' };
    lab.configure('prod', given);
    expect(lab.up().code).toBe(0);
    const shapes = () =>
      Object.fromEntries(
        lab
          .resources()
          .filter(({ type }) => isStore(type) || type === 'kubernetes:core/v1:Namespace')
          .map(({ urn, id, inputs }) => [urn, { id, spec: JSON.stringify(inputs.spec) }]),
      );
    const before = shapes();
    expect(Object.keys(before).length).toBeGreaterThan(3);
    lab.configure('prod', { ...given, cloud: 'gcp', keep: ['kubernetes'] });
    const url = 'mongodb+srv://pulse:a-password@db.example.com/pulse';
    lab.must('config', 'set', '--secret', 'stackladder:databaseUrl', url, '--stack', lab.stack);
    const { code, output } = lab.up();
    expect(output).not.toContain('error:');
    expect(code).toBe(0);
    expect(shapes()).toMatchObject(before);
    expect(lab.resources().filter(({ type }) => type.startsWith('mongodbatlas:'))).toEqual([]);
    // Without the URL the stack would fall back to a database of its own, here and there.
    lab.configure('prod', { cloud: 'kubernetes', environment: 'staging', keep: ['gcp'] });
    expect(lab.preview().output).toContain('databaseUrl is missing, and a secret that is kept on gcp holds it');
  } finally {
    lab.close();
  }
});
