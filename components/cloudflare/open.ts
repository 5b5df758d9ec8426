import * as cloudflare from '@pulumi/cloudflare';
import type { Plan } from '../../plan/types';
import { nameOf } from '../naming';
import type { ConfigurationSecrets, ContentDelivery, Entry, ProviderSettings } from '../platform';
import { FrontDoor } from './front-door';

/**
 * Cloudflare in front of a plan's first service and its content. Called where `plan.frontDoor` is there, once the entry is.
 * The token comes from configuration (`cloudflareToken`), else from the provider's own (`cloudflare:apiToken`) or from the
 * environment (CLOUDFLARE_API_TOKEN); it needs the rights to edit the zone's DNS, settings and cache rules, and nothing else.
 *
 * @throws Error where the plan has no front door, or its names are not in the zone
 */
export function openFrontDoor(
  plan: Plan,
  secrets: ConfigurationSecrets,
  providers: ProviderSettings,
  entry: Entry,
  content?: ContentDelivery,
): FrontDoor {
  const { prefix, domain, frontDoor, given, title, environment, contentDelivery } = plan;
  if (!frontDoor) throw new Error('the plan has no front door');
  const provider = new cloudflare.Provider(nameOf('cloudflare', prefix, 'cloudflare'), {
    ...providers.cloudflare,
    ...(given.cloudflareToken && { apiToken: secrets.single('cloudflareToken') }),
  });
  return new FrontDoor(
    `${prefix}-front-door`,
    {
      ...frontDoor,
      entry: { host: domain.name, target: entry.target },
      content: content && {
        host: domain.contentName,
        target: content.target,
        signedPaths: (contentDelivery?.origins ?? []).flatMap((one) => (one.signed ? [one.pathPattern] : [])),
      },
      comment: `${title}, ${environment}`.slice(0, 100),
    },
    { provider },
  );
}
