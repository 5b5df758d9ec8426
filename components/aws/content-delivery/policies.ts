import type * as aws from '@pulumi/aws';

/** Two years, what browsers' preload lists ask for. */
const strictTransportSeconds = 63_072_000;

/** How long the edge keeps objects. The key is the path alone: a bucket answers the same to everybody. */
export function cachePolicyArgs(maxAgeSeconds: number): aws.cloudfront.CachePolicyArgs {
  return {
    comment: `At most ${maxAgeSeconds} s`,
    minTtl: 0,
    defaultTtl: maxAgeSeconds,
    maxTtl: maxAgeSeconds,
    parametersInCacheKeyAndForwardedToOrigin: {
      cookiesConfig: { cookieBehavior: 'none' },
      headersConfig: { headerBehavior: 'none' },
      queryStringsConfig: { queryStringBehavior: 'none' },
      // CloudFront compresses only where the cache key has the encoding; with a lifetime of 0 it may not have it.
      enableAcceptEncodingBrotli: maxAgeSeconds > 0,
      enableAcceptEncodingGzip: maxAgeSeconds > 0,
    },
  };
}

/** HTTPS from now on, and the type that the server says. Set over what the bucket answers. */
export const securityHeaders: aws.cloudfront.ResponseHeadersPolicyArgs = {
  comment: 'HSTS and nosniff',
  securityHeadersConfig: {
    strictTransportSecurity: {
      accessControlMaxAgeSec: strictTransportSeconds,
      includeSubdomains: true,
      override: true,
    },
    contentTypeOptions: { override: true },
  },
};
