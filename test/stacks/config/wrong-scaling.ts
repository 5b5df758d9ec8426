import type { WrongCase } from './wrong-cases';

const hours = { timezone: 'Europe/Berlin', from: '08:00', to: '19:00', days: [1, 2, 3, 4, 5] };
const rests = (name: string, changed: object, keys: string[], says: string[]): WrongCase => ({
  name: `scaling and off-hours: ${name}`,
  stack: 'mercenary-dev',
  changes: { offHours: { ...hours, ...changed } },
  keys,
  says,
});
const scaled = (
  name: string,
  overrides: object,
  keys: string[],
  says: string[],
  stack = 'mercenary-prod',
): WrongCase => ({
  name: `scaling and off-hours: ${name}`,
  stack,
  changes: { overrides },
  keys,
  says,
});

/** What can be said wrongly of how groups change their size, by load and by the clock. */
export const wrongScaling: WrongCase[] = [
  {
    name: 'scaling and off-hours: a rest in prod',
    stack: 'mercenary-prod',
    changes: { offHours: hours },
    keys: ['offHours'],
    says: ['offHours = {...} is given, and prod never stops', 'pulumi config rm offHours'],
  },
  rests(
    'a time zone that nobody knows',
    { timezone: 'Europe/Berln' },
    ['offHours.timezone'],
    [
      'offHours.timezone = "Europe/Berln" cannot be used',
      'a name of the IANA time zone database, such as Europe/Berlin',
      'pulumi config set --path offHours.timezone Europe/Berlin',
    ],
  ),
  rests(
    'a time zone by its hours',
    { timezone: '+01:00' },
    ['offHours.timezone'],
    ['offHours.timezone = "+01:00" does not have the right form'],
  ),
  rests(
    'work that ends before it begins',
    { from: '19:00', to: '08:00' },
    ['offHours.to'],
    ['offHours.to = "08:00" is not after from, which is 19:00', 'give a time after it'],
  ),
  rests('work of no time', { to: '08:00' }, ['offHours.to'], ['is not after from, which is 08:00']),
  rests(
    'an hour of the clock on the wall',
    { from: '8am' },
    ['offHours.from'],
    ['offHours.from = "8am" does not have the right form', 'HH:MM from 00:00 to 23:59, in quotes'],
  ),
  rests(
    'an hour that is no time',
    { to: '24:00' },
    ['offHours.to'],
    ['offHours.to = "24:00" does not have the right form'],
  ),
  rests(
    'an hour as a number',
    { from: 800 },
    ['offHours.from'],
    ['offHours.from = 800 is a number where text must be'],
  ),
  rests(
    'days by their names',
    { days: ['Mon', 'Tue'] },
    ['offHours.days[0]', 'offHours.days[1]'],
    ['offHours.days[0] = "Mon" is text where a number must be', 'a whole number from 1 to 7'],
  ),
  rests('an eighth day', { days: [1, 8] }, ['offHours.days[1]'], ['offHours.days[1] = 8 is above 7, the most']),
  rests('the same day twice', { days: [1, 1, 2] }, ['offHours.days[1]'], ['offHours.days[1] = 1 is in the list twice']),
  rests(
    'no day of work',
    { days: [] },
    ['offHours.days'],
    ['offHours.days = [] is empty', 'a list of numbers from 1 to 7, each once'],
  ),
  rests(
    'hours without an end',
    { to: undefined },
    ['offHours.to'],
    ['offHours.to is missing', 'pulumi config set --path offHours.to 19:00'],
  ),
  rests(
    'a typo',
    { timezon: 'UTC' },
    ['offHours.timezon'],
    ['offHours.timezon = "UTC" is not a key', 'Allowed: timezone, from, to, days', 'Nearest: timezone'],
  ),
  {
    name: 'scaling and off-hours: a word for the hours',
    stack: 'mercenary-dev',
    changes: { offHours: 'nights' },
    keys: ['offHours'],
    says: [
      'offHours = "nights" is none of the things that it can be',
      'false, or an object of: timezone, from, to, days',
      "write an object under stackladder:offHours in the stack's file",
    ],
  },
  scaled(
    'more CPU than there can be',
    { services: { api: { cpuPercent: 95 } } },
    ['overrides.services.api.cpuPercent'],
    ['cpuPercent = 95 is above 90, the most'],
  ),
  scaled(
    'CPU of workers, who follow their queue',
    { workers: { celery: { cpuPercent: 60 } } },
    ['overrides.workers.celery.cpuPercent'],
    ['is not a key'],
  ),
  scaled(
    "more at the least than the roadmap's most",
    { services: { app: { minSize: 8 } } },
    ['overrides.services.app.minSize'],
    ['minSize = 8 is above maxSize, which is 3 by the system'],
    'sv-sdk-prod',
  ),
  scaled(
    'a start above the most',
    { services: { app: { desiredCapacity: 9 } } },
    ['overrides.services.app.desiredCapacity'],
    ['desiredCapacity = 9 is above maxSize, which is 3 by the system'],
    'sv-sdk-prod',
  ),
  {
    name: 'scaling and off-hours: external metrics of somebody',
    stack: 'sv-sdk-prod',
    changes: { kubernetes: { certificateIssuer: 'letsencrypt', externalMetrics: 'theirs' } },
    keys: ['kubernetes.externalMetrics'],
    says: ['kubernetes.externalMetrics = "theirs" is not one of its values', 'Allowed: ours, present'],
  },
];
