import { z } from 'zod';
import * as form from './forms';
import { placesOf } from './keys-place';
import { adopts } from './adopts';
import { note } from './note';

const sshKey = note(form.sshKey, {
  says: 'A key.',
  allowed: "the MD5 fingerprint of a key (aa:bb:...), or the number of one in quotes: not the key's own text",
  example: '3b:16:bf:e4:8b:00:8b:b8:59:8c:a9:d3:f0:19:45:fa',
});

/** What the user has on DigitalOcean. */
export const digitalocean = note(
  z
    .strictObject({
      ...placesOf('DigitalOcean'),
      dnsDomain: note(form.hostName.optional(), {
        says: "Domain at DigitalOcean's DNS that gets the records of `domain` and validates certificates. It, or `digitalocean.certificateName`, is needed where the stack runs there.",
        allowed: 'a host name in lower case that `domain` lies in',
        example: 'example.com',
      }),
      certificateName: note(form.certificateName.optional(), {
        says: "Certificate at DigitalOcean that is already there, instead of one from Let's Encrypt. It must be valid for `domain` and for the content's host.",
        allowed: "a certificate's name: letters, digits and any of . _ -",
        example: 'pulse-wildcard',
      }),
      sshKeys: note(form.distinct(sshKey).default([]), {
        says: 'SSH keys of the account that are put on the droplets.',
        allowed: 'a list of fingerprints or numbers of SSH keys, each once',
      }),
      controlPlaneCidrs: note(form.networks('198.51.100.0/24').default([]), {
        says: "Networks that may reach a cluster's control plane. Without any, everybody who has its kubeconfig may: DigitalOcean has no private one.",
        allowed: 'a list of IPv4 networks, each once, none wider than /8',
      }),
      machineImage: note(form.dropletImage.optional(), {
        says: "The droplets' image.",
        allowed: "an image's slug, or its number in quotes",
        example: 'ubuntu-24-04-x64',
        otherwise: '`ubuntu-24-04-x64`',
      }),
      adoptDatabase: note(form.uuid.optional(), {
        says: adopts('Id of a database cluster'),
        allowed: 'a UUID in lower case',
        example: '9cc10173-e9ea-4176-9dbc-a4cee4c4ff30',
        otherwise: 'a new database',
      }),
    })
    .prefault({}),
  { says: 'What you have on DigitalOcean. Read where the stack runs there; otherwise only its form is checked.' },
);
