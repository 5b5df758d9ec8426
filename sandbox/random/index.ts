import { randomBytes, randomInt } from 'node:crypto';
import { version } from '@pulumi/random/package.json';
import { problem, type Problem } from '../model/errors';
import { flag, number, text } from '../model/reading';
import type { ProviderPackage, ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const kinds = [
  { key: 'lower', least: 'minLower', characters: () => lower },
  { key: 'upper', least: 'minUpper', characters: () => lower.toUpperCase() },
  { key: 'numeric', least: 'minNumeric', characters: () => '0123456789' },
  {
    key: 'special',
    least: 'minSpecial',
    characters: (inputs: Bag) => text(inputs, 'overrideSpecial') ?? '!@#$%&*()-_=+[]{}<>:?',
  },
];
const isOn = (inputs: Bag, key: string): boolean =>
  flag(inputs, key) ?? (key === 'numeric' ? flag(inputs, 'number') : undefined) ?? true;

/** As the provider does: first as many of each kind as must be, then any, then shuffled. */
function generate(inputs: Bag): string {
  const length = number(inputs, 'length') ?? 0;
  const on = kinds.filter(({ key }) => isOn(inputs, key));
  const pick = (characters: string): string => characters[randomInt(characters.length)] ?? '';
  const chosen = on.flatMap(({ least, characters }) =>
    Array.from({ length: number(inputs, least) ?? 0 }, () => pick(characters(inputs))),
  );
  const all = on.map(({ characters }) => characters(inputs)).join('');
  while (chosen.length < length) chosen.push(pick(all));
  for (let index = chosen.length - 1; index > 0; index--) {
    const other = randomInt(index + 1);
    [chosen[index], chosen[other]] = [chosen[other] ?? '', chosen[index] ?? ''];
  }
  return chosen.join('');
}

function checkText(inputs: Bag): Problem[] {
  const length = number(inputs, 'length');
  if (length === undefined) return [];
  const least = kinds.reduce((sum, kind) => sum + (number(inputs, kind.least) ?? 0), 0);
  if (length < 1) return [problem('length', `length value must be at least 1, got: ${length}`)];
  if (length < least) {
    return [
      problem(
        'length',
        `length must be at least the sum of minLower, minUpper, minNumeric and minSpecial (${least}), got: ${length}`,
      ),
    ];
  }
  if (!kinds.some(({ key }) => isOn(inputs, key))) {
    return [problem('length', 'at least one of lower, upper, numeric and special must be true')];
  }
  return [];
}

const textInputs = [
  'keepers',
  'length',
  'lower',
  'minLower',
  'minNumeric',
  'minSpecial',
  'minUpper',
  'number',
  'numeric',
  'overrideSpecial',
  'special',
  'upper',
];
const textDefaults: Bag = {
  lower: true,
  minLower: 0,
  minNumeric: 0,
  minSpecial: 0,
  minUpper: 0,
  number: true,
  numeric: true,
  special: true,
  upper: true,
};

/** The real provider's password has a bcrypt hash too; this one has none, for want of a bcrypt. */
const randomPassword: ResourceType = {
  token: 'random:index/randomPassword:RandomPassword',
  required: ['length'],
  replaceOn: textInputs,
  secrets: ['result'],
  computed: ['result'],
  defaults: textDefaults,
  check: checkText,
  create: ({ inputs }) => ({ id: 'none', state: { result: generate(inputs) } }),
};

const randomString: ResourceType = {
  ...randomPassword,
  token: 'random:index/randomString:RandomString',
  secrets: [],
  create: ({ inputs }) => {
    const result = generate(inputs);
    return { id: result, state: { result } };
  },
};

const randomId: ResourceType = {
  token: 'random:index/randomId:RandomId',
  required: ['byteLength'],
  replaceOn: ['byteLength', 'keepers', 'prefix'],
  computed: ['b64Std', 'b64Url', 'dec', 'hex'],
  create: ({ inputs }) => {
    const bytes = randomBytes(number(inputs, 'byteLength') ?? 1);
    const prefix = text(inputs, 'prefix') ?? '';
    const url = bytes.toString('base64url');
    const digits = bytes.toString('hex');
    return {
      id: url,
      state: {
        b64Std: prefix + bytes.toString('base64'),
        b64Url: prefix + url,
        dec: prefix + BigInt(`0x${digits}`).toString(),
        hex: prefix + digits,
      },
    };
  },
};

export const randomPackage: ProviderPackage = {
  name: 'random',
  version,
  stateless: true,
  types: [randomPassword, randomString, randomId],
};
