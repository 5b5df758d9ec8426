import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { ContentDeliveryArgs, ContentOrigin } from './arguments';

/** What fetches from the buckets: an account that may read objects, and its key. */
export interface OriginReader {
  account: gcp.serviceaccount.Account;
  key: gcp.storage.HmacKey;
}

/**
 * The account that the CDN signs its own requests with. A bucket that the world may not read can be served to the world
 * only in this way (private origin authentication); a backend bucket without signed URLs would need it public.
 */
export function createReader(name: string, { projectId }: ContentDeliveryArgs, parent: pulumi.Resource): OriginReader {
  const accountId = nameOf('gcp:serviceaccount/account', name);
  const account = new gcp.serviceaccount.Account(
    accountId,
    { project: projectId, accountId, displayName: `Fetches what ${name} serves` },
    { parent },
  );
  const key = new gcp.storage.HmacKey(
    nameOf('gcp', name),
    { project: projectId, serviceAccountEmail: account.email },
    { parent },
  );
  return { account, key };
}

/** A bucket as an origin on the internet, with every request to it signed. Gives the id of what serves it. */
export function openOrigin(
  name: string,
  { bucket, maxAgeSeconds }: ContentOrigin,
  reader: OriginReader,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const host = pulumi.interpolate`${bucket.name}.storage.googleapis.com`;
  // Objects one by one, and no list of them: the bucket's own address would show everything that is in it.
  const leave = new gcp.storage.BucketIAMMember(
    nameOf('gcp', name, 'reads'),
    {
      bucket: bucket.name,
      role: 'roles/storage.legacyObjectReader',
      member: pulumi.interpolate`serviceAccount:${reader.account.email}`,
    },
    { parent },
  );
  const group = new gcp.compute.GlobalNetworkEndpointGroup(
    nameOf('gcp:compute', name),
    { networkEndpointType: 'INTERNET_FQDN_PORT', defaultPort: 443 },
    { parent },
  );
  const endpoint = new gcp.compute.GlobalNetworkEndpoint(
    nameOf('gcp', name),
    { globalNetworkEndpointGroup: group.name, fqdn: host, port: 443 },
    { parent },
  );
  const backend = new gcp.compute.BackendService(
    nameOf('gcp:compute', name),
    {
      loadBalancingScheme: 'EXTERNAL_MANAGED',
      protocol: 'HTTPS',
      backends: [{ group: group.id }],
      customRequestHeaders: [pulumi.interpolate`host: ${host}`],
      securitySettings: {
        awsV4Authentication: {
          accessKeyId: reader.key.accessId,
          accessKey: reader.key.secret,
          originRegion: bucket.region,
        },
      },
      enableCdn: true,
      compressionMode: 'AUTOMATIC',
      cdnPolicy: {
        // Objects that nobody may read come back as private, which any other mode would not keep.
        cacheMode: 'FORCE_CACHE_ALL',
        defaultTtl: maxAgeSeconds,
        clientTtl: maxAgeSeconds,
        negativeCaching: true,
        cacheKeyPolicy: { includeHost: false, includeProtocol: false, includeQueryString: false },
      },
      logConfig: { enable: true, sampleRate: 1 },
    },
    { parent, dependsOn: [endpoint, leave] },
  );
  return backend.id;
}
