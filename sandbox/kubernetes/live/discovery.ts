import { CloudError } from '../../model/errors';
import { flag, list, text } from '../../model/reading';
import type { Kind } from '../kind';
import type { Place } from '../naming';
import type { ApiClient } from './client';

/** How the API server names a kind. */
export interface ApiResource {
  /** E.g. `/apis/apps/v1`. */
  root: string;
  /** E.g. `deployments`. */
  plural: string;
  namespaced: boolean;
}

/** Which kinds the API server has. Asked once a group, and again for a kind that was not there: its definition may have come. */
export class Discovery {
  private readonly groups = new Map<string, Map<string, ApiResource>>();

  constructor(private readonly client: ApiClient) {}

  async find(kind: Kind): Promise<ApiResource | undefined> {
    return this.groups.get(kind.apiVersion)?.get(kind.kind) ?? (await this.ask(kind.apiVersion)).get(kind.kind);
  }

  /** @throws CloudError as the provider says it where the definition is missing */
  async must(kind: Kind): Promise<ApiResource> {
    const found = await this.find(kind);
    if (found) return found;
    throw new CloudError(
      'NoMatch',
      `no matches for kind "${kind.kind}" in version "${kind.apiVersion}". Verify that any required CRDs have been created`,
    );
  }

  private async ask(apiVersion: string): Promise<Map<string, ApiResource>> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const answer = await this.client.find(root);
    const kinds = new Map<string, ApiResource>();
    for (const resource of list(answer, 'resources')) {
      const [plural, kind] = [text(resource, 'name') ?? '', text(resource, 'kind') ?? ''];
      // What has a slash is a part of an object, e.g. `deployments/scale`.
      if (plural.includes('/')) continue;
      kinds.set(kind, { root, plural, namespaced: flag(resource, 'namespaced') ?? false });
    }
    this.groups.set(apiVersion, kinds);
    return kinds;
  }
}

export function pathOf({ root, plural, namespaced }: ApiResource, place: Place): string {
  const inside = namespaced ? `/namespaces/${encodeURIComponent(place.namespace)}` : '';
  return `${root}${inside}/${plural}/${encodeURIComponent(place.name)}`;
}
