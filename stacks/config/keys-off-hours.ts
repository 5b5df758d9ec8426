import { z } from 'zod';
import * as form from './forms';
import { note } from './note';

const hour = (says: string, example: string) =>
  note(form.hourOfDay, { says, allowed: 'HH:MM from 00:00 to 23:59, in quotes', example });

const hours = z.strictObject({
  timezone: note(form.timezone, {
    says: 'Time zone that the hours are told in.',
    allowed: 'a name of the IANA time zone database, such as Europe/Berlin',
    example: 'Europe/Berlin',
  }),
  from: hour('When work begins.', '08:00'),
  to: hour('When work ends; after `from`.', '19:00'),
  days: note(z.array(z.int().min(1).max(7)).min(1).max(7).meta({ uniqueItems: true }).superRefine(form.eachOnce), {
    says: 'Days of work: 1 is Monday, 7 is Sunday.',
    allowed: 'a list of numbers from 1 to 7, each once',
    example: '1',
  }),
});

/** When nobody works, and nothing needs to run. */
export const offHours = note(z.union([z.literal(false), hours]).optional(), {
  says: 'Hours of work in dev and staging: outside them the groups are empty, and databases stop where they can. `false`: always on. Prod never stops.',
  allowed: 'false, or an object of: timezone, from, to, days',
  otherwise: "the system's for the environment",
});
