import { spawnSync } from 'node:child_process';
import { Lab, changes } from './lab';
import { isStore } from './stores';

/**
 * An update killed with SIGKILL, every process of it, when a given number of resources stand in the cloud. What the
 * engine had asked for and not yet written down is a pending operation: it asks for its own documented recovery, a
 * refresh, which this test runs as a user would.
 */
describe.each([5, 40, 90])('pulumi up killed when %i resources stand', (count) => {
  let lab: Lab;

  beforeAll(() => {
    lab = new Lab('dev');
    lab.configure('dev');
  });
  afterAll(() => lab.close());

  test('the next up converges, with no orphan and no store lost', async () => {
    const update = lab.startUp();
    const deadline = Date.now() + 120_000;
    while (lab.cloud().length < count) {
      if (update.exitCode !== null || Date.now() > deadline)
        throw new Error(`the update ended before ${count} resources stood`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const gone = new Promise((resolve) => update.once('exit', resolve));
    for (const pid of [update.pid!, ...descendants(update.pid!)]) process.kill(pid, 'SIGKILL');
    await gone;

    const stores = lab.cloud().filter(({ type }) => isStore(type));
    lab.pulumi('cancel', '--yes', '--stack', lab.stack); // the killed update still holds the stack's lock
    const run = recovered(lab);
    expect(run.code).toBe(0);

    const known = new Set(lab.resources().map(({ id, type }) => `${type} ${id}`));
    const there = lab.cloud().map(({ id, type }) => `${type} ${id}`);
    expect(there.filter((thing) => !known.has(thing))).toEqual([]);
    for (const { id, type } of stores) expect(there).toContain(`${type} ${id}`);
    expect(changes(lab.up('--expect-no-changes'))).toEqual([]);
  });
});

/** Every process below one: the engine's plugins are in process groups of their own, and a dying machine spares none. */
function descendants(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  const children = stdout.split('\n').map(Number).filter(Boolean);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** The engine's own recovery: what was asked for and never written down is adopted where it exists, else forgotten. */
function recovered(lab: Lab): { code: number | null; output: string } {
  const state = JSON.parse(lab.exportState()) as {
    deployment: { pending_operations?: { type: string; resource: { urn: string } }[] };
  };
  const pending = (state.deployment.pending_operations ?? []).filter(({ type }) => type === 'creating');
  const there = lab.cloud();
  const adopted = pending.flatMap(({ resource }) => {
    const found = there.find(({ urn }) => urn === resource.urn);
    return found ? [resource.urn, found.id] : [];
  });
  const imports = adopted.flatMap((word) => ['--import-pending-creates', word]);
  if (pending.length > 0)
    lab.must('refresh', '--yes', '--skip-preview', '--stack', lab.stack, ...imports, '--clear-pending-creates');
  return lab.up();
}
