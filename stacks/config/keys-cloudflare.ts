import { z } from 'zod';
import * as form from './forms';
import { note } from './note';

const cachedPath = note(form.pathPattern, {
  says: 'A path.',
  allowed: 'a path that begins with /, of at most 200 characters, with single * for any text',
  example: '/static/*',
});

/** Cloudflare in front of the entry and of the content. */
export const cloudflare = note(
  z
    .strictObject({
      zoneId: note(form.cloudflareZoneId, {
        says: 'Id of the zone: it stands on the overview page of the domain.',
        allowed: '32 hexadecimal digits in lower case',
        example: '023e105f4ecef8ad9ca31a8372d0c353',
      }),
      zoneName: note(form.hostName, {
        says: 'Name of the zone: `domain` and `contentDomain` lie in it.',
        allowed: 'a host name in lower case that `domain` lies in',
        example: 'example.com',
      }),
      cachedPaths: note(form.distinct(cachedPath).min(1).optional(), {
        says: "Paths whose answers are cached at Cloudflare's edge, for as long as their headers say. Never answers to somebody who is signed in.",
        allowed: 'a list of paths that begin with /, each once',
        otherwise: '`/static/*` and `/assets/*`',
      }),
      http3: note(z.boolean().default(true), { says: 'Whether clients may use HTTP/3.' }),
      brotli: note(z.boolean().default(true), { says: 'Whether answers are compressed with Brotli.' }),
      sharedZone: note(z.boolean().default(false), {
        says: "Whether another stack has the zone's settings and cache rules, which are of the whole zone and have one owner: this one makes its records alone.",
      }),
    })
    .optional(),
  {
    says: "Cloudflare in front: its proxied records lead to the stack's entry, instead of records in the cloud's own DNS zone.",
    otherwise: 'clients come straight to the cloud',
  },
);
