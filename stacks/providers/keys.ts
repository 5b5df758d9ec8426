/** How a value is written: text, a number, true or false, or a list or object. */
export type Kind = 'text' | 'number' | 'flag' | 'structure';

/** What a provider's own configuration may say in a stack, as in `aws:profile`. */
export interface ProviderKeys {
  /** Keys that the provider gets as they are. */
  passed: Record<string, Kind>;
  /** Keys passed that hold a secret, and must be encrypted; of an object the part that is one, after a dot. */
  secret: readonly string[];
  /** Keys that the stack decides by itself, and where it is told what they would say; undefined where it is told nowhere. */
  decided: Record<string, string | undefined>;
  /** More keys, of one form, that the provider gets as text. */
  more?: RegExp;
  /**
   * Who the provider is, in keys that the command which opens the cloud's clusters does not see: with a cluster that
   * command would be somebody else, or nobody.
   */
  unseenByClusters?: { keys: readonly string[]; command: string; instead: string };
}

/**
 * Packages whose provider the program makes itself, so that it would not see its configuration otherwise: Pulumi hands
 * `aws:profile` to default providers alone. MongoDB Atlas has the default one, and reads its own.
 */
export const packageNames = ['aws', 'gcp', 'digitalocean', 'kubernetes', 'cloudflare'] as const;
export type PackageName = (typeof packageNames)[number];

const each = <T>(value: T, ...names: string[]): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, value]));

export const providerKeys: Record<PackageName, ProviderKeys> = {
  aws: {
    passed: {
      ...each('text', 'accessKey', 'secretKey', 'token', 'profile', 'stsRegion', 'retryMode', 'customCaBundle'),
      ...each('text', 'httpProxy', 'httpsProxy', 'noProxy', 's3UsEast1RegionalEndpoint', 'tagPolicyCompliance'),
      ...each('text', 'ec2MetadataServiceEndpoint', 'ec2MetadataServiceEndpointMode'),
      ...each('number', 'maxRetries', 'tokenBucketRateLimiterCapacity'),
      ...each('flag', 'insecure', 's3UsePathStyle', 'useDualstackEndpoint', 'useFipsEndpoint', 'skipMetadataApiCheck'),
      ...each('flag', 'skipCredentialsValidation', 'skipRegionValidation', 'skipRequestingAccountId'),
      ...each('structure', 'assumeRoles', 'assumeRoleWithWebIdentity', 'endpoints', 'defaultTags', 'ignoreTags'),
      ...each('structure', 'forbiddenAccountIds', 'sharedConfigFiles', 'sharedCredentialsFiles', 'userAgents'),
    },
    secret: ['secretKey', 'token', 'assumeRoleWithWebIdentity.webIdentityToken'],
    decided: { region: 'stackladder:regions', allowedAccountIds: 'stackladder:aws.allowedAccountIds' },
    unseenByClusters: {
      keys: [
        ...['accessKey', 'secretKey', 'token', 'assumeRoles', 'assumeRoleWithWebIdentity'],
        // A profile in them is one that the command does not find.
        ...['sharedConfigFiles', 'sharedCredentialsFiles'],
      ],
      command: 'aws eks get-token',
      instead: 'name a profile that has it (aws:profile), or export it (AWS_PROFILE, AWS_ACCESS_KEY_ID, ...)',
    },
  },
  gcp: {
    passed: {
      ...each('text', 'accessToken', 'credentials', 'impersonateServiceAccount', 'universeDomain', 'requestReason'),
      ...each('text', 'requestTimeout', 'pollInterval', 'googlePartnerName', 'pulumiAttributionLabelAdditionStrategy'),
      ...each('flag', 'addPulumiAttributionLabel', 'disableGooglePartnerName', 'preferGlobalEndpoints'),
      ...each('flag', 'preferRegionalEndpoints'),
      ...each('structure', 'impersonateServiceAccountDelegates', 'scopes', 'batching', 'defaultLabels'),
      ...each('structure', 'externalCredentials'),
    },
    secret: ['accessToken', 'credentials', 'externalCredentials.identityToken'],
    decided: {
      project: 'stackladder:gcp.projectId',
      region: 'stackladder:regions',
      zone: 'stackladder:zones',
      billingProject: 'stackladder:gcp.projectId',
      userProjectOverride: undefined,
      deletionPolicy: undefined,
    },
    more: /^[a-z]\w*CustomEndpoint$/,
    unseenByClusters: {
      keys: ['accessToken', 'credentials', 'externalCredentials', 'impersonateServiceAccount'],
      command: 'gke-gcloud-auth-plugin',
      instead: 'say it where gcloud finds it too: GOOGLE_APPLICATION_CREDENTIALS, or `gcloud auth`',
    },
  },
  digitalocean: {
    passed: {
      ...each('text', 'token', 'apiEndpoint', 'spacesAccessId', 'spacesSecretKey', 'spacesEndpoint'),
      ...each('number', 'httpRetryMax', 'httpRetryWaitMax', 'httpRetryWaitMin', 'requestsPerSecond'),
    },
    secret: ['token', 'spacesSecretKey'],
    decided: {},
    unseenByClusters: {
      keys: ['token'],
      command: 'doctl',
      instead: 'export DIGITALOCEAN_TOKEN, and the same as DIGITALOCEAN_ACCESS_TOKEN for doctl',
    },
  },
  kubernetes: {
    passed: {},
    secret: [],
    decided: {
      kubeconfig: 'stackladder:kubeconfig',
      context: 'stackladder:kubernetes.context',
      cluster: 'stackladder:kubernetes.context',
      ...each(undefined, 'alwaysRender', 'clusterIdentifier', 'deleteUnreachable', 'enableConfigMapMutable'),
      ...each(undefined, 'enablePatchForce', 'enableSecretMutable', 'enableServerSideApply', 'helmReleaseSettings'),
      ...each(undefined, 'kubeClientSettings', 'namespace', 'renderYamlToDirectory', 'skipUpdateUnreachable'),
      ...each(undefined, 'suppressDeprecationWarnings', 'suppressHelmHookWarnings', 'upsertExistingObjects'),
    },
  },
  cloudflare: {
    passed: each('text', 'apiToken', 'apiKey', 'apiUserServiceKey', 'email', 'baseUrl', 'userAgentOperatorSuffix'),
    secret: ['apiToken', 'apiKey', 'apiUserServiceKey'],
    decided: {},
  },
};
