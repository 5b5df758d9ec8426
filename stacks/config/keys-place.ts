import { z } from 'zod';
import * as form from './forms';
import { note } from './note';

/** A region's name, also as a name in an object by region. */
export const region = note(form.regionName, {
  says: 'A region.',
  placeholder: 'region',
  allowed: "a region's name of the cloud",
  example: 'us-east-1',
});

const zone = note(form.zoneName, {
  says: 'A zone.',
  allowed: "a zone's name of one of the regions",
  example: 'us-east-1a',
});

const regionsAllowed = "a list of the cloud's region names, each once; two or more at enterprise";
const zonesAllowed = 'a number from 1 to 3, or a list of zone names, each of one of the regions';
const zonesForm = z.union([z.int().min(1).max(3), form.distinct(zone).min(1)]).optional();

export const regions = note(form.distinct(region).min(1).optional(), {
  says: "Regions of the stack's cloud, home first: the databases are written there. Enterprise serves from two or more, other phases from the first. A stack that is up keeps the regions that it has stores in.",
  allowed: regionsAllowed,
  otherwise: "the system's own, as many as the phase serves from",
});

export const zones = note(zonesForm, {
  says: "Availability zones that each region of the stack's cloud uses: how many, or their names. Two at least on AWS, and in staging and prod where the cloud has more than one.",
  allowed: zonesAllowed,
  example: '2',
  otherwise: "the phase's number",
});

/** The same of one cloud alone, so that a file can hold those of every cloud. */
export function placesOf(cloud: string) {
  return {
    regions: note(form.distinct(region).min(1).optional(), {
      says: `Regions on ${cloud}, home first. They win over \`regions\`.`,
      allowed: regionsAllowed,
      otherwise: '`regions`',
    }),
    zones: note(zonesForm, {
      says: `Zones that each region on ${cloud} uses. They win over \`zones\`.`,
      allowed: zonesAllowed,
      example: '2',
      otherwise: '`zones`',
    }),
  };
}
