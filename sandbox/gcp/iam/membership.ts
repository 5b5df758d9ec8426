import type { Cloud } from '../../model/cloud';
import { CloudError } from '../../model/errors';
import { lowerAlphanumeric } from '../../model/ids';
import { flag, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { google, type GoogleType } from '../google';
import { gcp, shaped, toMember } from '../parts';

const role = /^(roles\/[\w.]+|(projects|organizations)\/[\w.-]+\/roles\/[\w.]+)$/;

/** One member of one role on one thing. Taking it away touches no other member. */
export function membership(own: Omit<GoogleType, 'required'> & { on: string[] }): ResourceType {
  const { on, ...type } = own;
  return google({
    ...type,
    required: ['member', 'role', ...on],
    references: [...(type.references ?? []), toMember()],
    computed: [...(type.computed ?? []), 'etag'],
    check: (inputs) => [
      ...shaped(inputs, 'role', role, 'a role: roles/… or projects/…/roles/…'),
      ...shaped(
        inputs,
        'member',
        /^(allUsers|allAuthenticatedUsers|[A-Za-z]+:.+)$/,
        'a member, such as serviceAccount:…',
      ),
    ],
    make: (making) => {
      needPool(text(making.inputs, 'member') ?? '', making.cloud);
      const made = type.make?.(making) ?? {};
      // The same grant under another condition is another grant, named by the condition's title.
      const title = text(making.inputs, 'condition.title');
      const id = title === undefined ? making.id : `${making.id}/${title}`;
      return { ...made, id, state: { ...made.state, etag: lowerAlphanumeric(12) } };
    },
  });
}

/** A workload identity pool comes with the first cluster of the project that asks for it. */
function needPool(member: string, cloud: Cloud): void {
  const [, byAccount, byPrincipal] =
    /^serviceAccount:(.+\.svc\.id\.goog)\[|^principal.*\/workloadIdentityPools\/([^/]+\.svc\.id\.goog)\//.exec(
      member,
    ) ?? [];
  const pool = byAccount ?? byPrincipal;
  if (pool === undefined) return;
  const there = cloud
    .all(gcp('container', 'Cluster'))
    .some(
      ({ inputs }) => text(inputs, 'workloadIdentityConfig.workloadPool') === pool || flag(inputs, 'enableAutopilot'),
    );
  if (!there)
    throw new CloudError(
      'badRequest',
      `Identity Pool does not exist (${pool}). Please check that you specified a valid resource name`,
    );
}
