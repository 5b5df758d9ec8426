import { z } from 'zod';
import * as form from './forms';
import { placesOf } from './keys-place';
import { adopts } from './adopts';
import { note } from './note';

/** What the user has on Google Cloud. */
export const gcp = note(
  z
    .strictObject({
      ...placesOf('Google Cloud'),
      projectId: note(form.projectId.optional(), {
        says: 'Project that gets everything. Needed where the stack runs on Google Cloud. Changing it replaces everything.',
        allowed: "a project's id: 6 to 30 small letters, digits and hyphens, beginning with a letter",
        example: 'example-project-123',
      }),
      dnsZone: note(form.managedZone.optional(), {
        says: 'Cloud DNS managed zone that gets the records of `domain`. Without it they are yours to make.',
        allowed: "a managed zone's name (not the domain's): at most 63 small letters, digits and hyphens",
        example: 'example-zone',
      }),
      certificateMap: note(form.certificateMap.optional(), {
        says: "Map of Certificate Manager that is already there, with certificates of `domain` and of the content's host, instead of certificates that Google makes. Needed with `cloudflare`.",
        allowed: 'projects/<project>/locations/global/certificateMaps/<name>',
        example: 'projects/example-project-123/locations/global/certificateMaps/example',
        otherwise: 'certificates that Google makes',
      }),
      billingAccountId: note(form.billingAccountId.optional(), {
        says: 'Billing account that the budget watches; it must be in US dollars. Without it there is no budget.',
        allowed: 'the id of a billing account: three times 6 hexadecimal digits in capitals, with hyphens between',
        example: '012345-6789AB-CDEF01',
      }),
      machineImage: note(form.googleImage.optional(), {
        says: 'Machine image that instances are pinned to: Debian, or what has its packages. They install Docker with apt.',
        allowed:
          'projects/<project>/global/images/<name>, or the same with family/ before the name, of Debian, Ubuntu or a project of your own',
        example: 'projects/debian-cloud/global/images/debian-12-bookworm-v20250910',
        otherwise: 'the newest Debian 12',
      }),
      controlPlaneCidrs: note(form.networks('198.51.100.0/24').default([]), {
        says: "Networks that may reach a cluster's control plane: private ones, such as a VPN's, at its private end, while any other gives it a public end for just those. Without any it is reached from inside the network alone, and so must `up` be run there.",
        allowed: 'a list of IPv4 networks, each once, none wider than /8',
      }),
      databaseSecretId: note(form.googleSecret.optional(), {
        says: 'Secret in Secret Manager that holds the whole URL of a database that is already there. None is made then.',
        allowed: 'projects/<project>/secrets/<name>',
        example: 'projects/example-project-123/secrets/pulse-mongo-url',
        otherwise: 'a new database',
      }),
      adoptDatabase: note(form.cloudSqlInstance.optional(), {
        says: adopts('Name of a Cloud SQL instance'),
        allowed:
          "an instance's name without its project: at most 98 small letters, digits and hyphens, beginning with a letter",
        example: 'shop-production',
        otherwise: 'a new database',
      }),
    })
    .prefault({}),
  { says: 'What you have on Google Cloud. Read where the stack runs there; otherwise only its form is checked.' },
);
