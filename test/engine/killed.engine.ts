import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changes, Lab, type Run } from './lab';
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
    if (run.code !== 0) throw new Error(run.output);

    const known = new Set(lab.resources().map(({ id, type }) => `${type} ${id}`));
    const there = lab.cloud().map(({ id, type }) => `${type} ${id}`);
    expect(there.filter((thing) => !known.has(thing))).toEqual([]);
    for (const { id, type } of stores) expect(there).toContain(`${type} ${id}`);
    expect(changes(lab.again())).toEqual([]);
  });
});

/** Every process below one: the engine's plugins are in process groups of their own, and a dying machine spares none. */
function descendants(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  const children = stdout.split('\n').map(Number).filter(Boolean);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/**
 * The documented recovery: what was asked for and never written down is forgotten by a refresh, and imported under its
 * own name where it exists after all.
 */
function recovered(lab: Lab): Run {
  const state = JSON.parse(lab.exportState()) as { deployment: { pending_operations?: PendingOperation[] } };
  const pending = (state.deployment.pending_operations ?? []).filter(({ type }) => type === 'creating');
  if (pending.length > 0)
    lab.must('refresh', '--yes', '--skip-preview', '--stack', lab.stack, '--clear-pending-creates');
  const there = new Map(lab.cloud().map(({ urn, id }) => [urn, id]));
  const made = pending.filter(({ resource }) => there.has(resource.urn));
  if (made.length > 0) {
    const file = join(lab.home, 'import.json');
    writeFileSync(file, JSON.stringify(importOf(made, there)));
    lab.must(
      'import',
      '--file',
      file,
      '--yes',
      '--skip-preview',
      '--protect=false',
      '--generate-code=false',
      '--stack',
      lab.stack,
    );
  }
  return lab.up();
}

interface PendingOperation {
  type: string;
  resource: { urn: string; type: string; parent?: string; provider?: string };
}

/** What `pulumi import --file` takes; parents and providers are named by a table of URNs. */
function importOf(pending: PendingOperation[], ids: Map<string, string>): object {
  const nameTable: Record<string, string> = {};
  const named = (urn: string | undefined): string | undefined => {
    if (!urn) return undefined;
    const name = urn.replace(/[^A-Za-z0-9]/g, '');
    nameTable[name] = urn;
    return name;
  };
  const resources = pending.map(({ resource: { urn, type, parent, provider } }) => ({
    type,
    name: urn.split('::').pop(),
    id: ids.get(urn),
    parent: named(parent),
    // Without the id of the provider's instance. A default provider is the engine's own to find.
    provider: provider?.includes('::default') ? undefined : named(provider?.split('::').slice(0, 4).join('::')),
  }));
  return { nameTable, resources };
}
