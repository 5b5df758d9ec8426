import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { makeOfflinePlan, type OfflinePlan, type PlanFlags } from '../../cli/offline/make-plan';
import { combinations, wordsOf } from './combinations';

/** The reviewed manifest of a combination: a file that a pull request shows the difference of. */
export function fileOf(flags: PlanFlags): string {
  return join(__dirname, flags.system, `${wordsOf(flags)}.yaml`);
}

/** Everything that a combination would create, in the form that people review: URNs first, user data decoded. */
export function manifestIn({ resources, outputs }: OfflinePlan): string {
  const shown = resources.map(({ urn, inputs, protect, ignoreChanges, aliases, dependsOn: _, ...rest }) => ({
    urn,
    ...(protect && { protect }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    ...(rest.replaceOnChanges.length > 0 && { replaceOnChanges: rest.replaceOnChanges }),
    ...(rest.retainOnDelete && { retainOnDelete: true }),
    ...(aliases.length > 0 && { aliases: aliases.length }),
    inputs: legible(inputs),
  }));
  return stringify({ resources: shown, outputs }, { lineWidth: 120, aliasDuplicateObjects: false });
}

function legible(inputs: Record<string, unknown>): Record<string, unknown> {
  const { userData } = inputs;
  if (typeof userData !== 'string') return inputs;
  const bytes = Buffer.from(userData, 'base64');
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return { ...inputs, userData: (packed ? gunzipSync(bytes) : bytes).toString() };
}

/** `npm run manifests`: writes every manifest anew, for the difference to be read. */
async function write(): Promise<void> {
  for (const flags of combinations) {
    const file = fileOf(flags);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, manifestIn(await makeOfflinePlan(flags)));
  }
}

export function reviewed(flags: PlanFlags): string {
  return readFileSync(fileOf(flags), 'utf8');
}

if (require.main === module) void write();
