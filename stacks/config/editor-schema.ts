import { z } from 'zod';
import type { System } from '../../systems/system';
import { configurationSchema } from './keys';
import { bare, noteOf } from './note';
import { scopeOf } from './scope';

type Json = Record<string, unknown>;

/** How Pulumi writes a value that it has encrypted. */
const encrypted: Json = {
  type: 'object',
  description: 'Encrypted by `pulumi config set --secret`.',
  properties: { secure: { type: 'string' } },
  required: ['secure'],
  additionalProperties: false,
};

/** The schema of the configuration where no stack is known: for editors and for the reference. */
export function schemaOf(systems: Readonly<Record<string, System>>) {
  return configurationSchema(scopeOf(systems));
}

/** JSON Schema (draft 7, which editors know) of the files `Pulumi.<stack>.yaml`. */
export function editorSchema(systems: Readonly<Record<string, System>>): Json {
  const { properties, required } = z.toJSONSchema(schemaOf(systems), {
    target: 'draft-07',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => adapt(zodSchema, jsonSchema as Json),
  });
  const own = Object.entries(properties ?? {}).map(([key, value]) => [`stackladder:${key}`, topLevel(value as Json)]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of a Stackladder stack',
    type: 'object',
    required: ['config'],
    properties: {
      config: {
        type: 'object',
        properties: Object.fromEntries(own) as Json,
        required: (required ?? []).map((key) => `stackladder:${key}`),
        // Providers and other programs have namespaces of their own (aws:, mongodbatlas:).
        patternProperties: { '^(?!stackladder:)[^:]+:.+$': {} },
        additionalProperties: false,
      },
      secretsprovider: { type: 'string' },
      encryptedkey: { type: 'string' },
      encryptionsalt: { type: 'string' },
      environment: {},
    },
    additionalProperties: false,
  };
}

/**
 * A secret's value stands in the file encrypted, never as itself: each value of an object, or the object whole. What is
 * known only to be refused has no value.
 */
function adapt(schema: z.core.$ZodType, json: Json): void {
  if (!(schema instanceof z.ZodType)) return;
  if (noteOf(schema)?.refused === true) return void Object.assign(json, { not: {} });
  if (noteOf(schema)?.secret !== true) return;
  const whole = bare(schema) instanceof z.ZodString ? undefined : { ...json };
  for (const name of Object.keys(json)) delete json[name];
  if (!whole) return void Object.assign(json, encrypted);
  const { description, ...each } = whole;
  Object.assign(json, { description, anyOf: [each, encrypted] });
}

/** `pulumi config set` writes a number at the top level as text, so both are right there. */
function topLevel(json: Json): Json {
  const options = json.anyOf as Json[] | undefined;
  if (options) return { ...json, anyOf: options.flatMap((option) => [option, ...asText(option)]) };
  const [text] = asText(json);
  if (!text) return json;
  const { description, ...number } = json;
  return { description, anyOf: [number, text] };
}

/** Numbers that are listed one by one. */
const LONGEST_LIST = 500;

function asText(json: Json): Json[] {
  if (typeof json.const === 'boolean') return [{ type: 'string', const: String(json.const) }];
  if (json.type === 'number') return [{ type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?$' }];
  if (json.type !== 'integer') return [];
  const [least, most] = [Number(json.minimum), Number(json.maximum)];
  // An editor is told of a slip in a short range; in a long one of what is no number of that length.
  if (most - least > LONGEST_LIST) {
    return [{ type: 'string', pattern: `^[0-9]{${String(least).length},${String(most).length}}$` }];
  }
  return [{ type: 'string', enum: Array.from({ length: most - least + 1 }, (_, at) => String(least + at)) }];
}
