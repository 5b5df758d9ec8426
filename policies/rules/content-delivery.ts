import { fail, inspect, inspectEach, pass, unknown } from '../judge';
import type { ResourceRule } from '../rule';
import { at, flag, type Known, present, show, UNKNOWN } from '../values';

const types = ['aws:cloudfront/distribution:Distribution'];

export const cdnHttps: ResourceRule = {
  id: 'cdn-https',
  title: 'A distribution speaks HTTPS to viewers, or redirects to it',
  why: 'What is served in plain text can be read and changed on the way.',
  mend: "Set viewerProtocolPolicy to 'redirect-to-https' or 'https-only' on every behaviour.",
  severity: 'mandatory',
  controls: ['AWS FSBP CloudFront.3', 'Checkov CKV_AWS_34'],
  scope: 'resource',
  types,
  check(resource) {
    const test = (policy: Known) =>
      policy === 'redirect-to-https' || policy === 'https-only' ? undefined : `viewerProtocolPolicy is ${show(policy)}`;
    return [
      inspect(resource, ['defaultCacheBehavior.viewerProtocolPolicy'], test),
      ...inspectEach(resource, 'orderedCacheBehaviors', (behaviour, path) => {
        const policy = at(behaviour, 'viewerProtocolPolicy');
        if (policy === UNKNOWN) return unknown(`${path}.viewerProtocolPolicy`);
        const problem = test(policy);
        return problem === undefined ? pass : fail(`${path}: ${problem}`);
      }),
    ];
  },
};

export const cdnTls: ResourceRule = {
  id: 'cdn-tls',
  title: 'A distribution has its own certificate and accepts TLS 1.2 (2021) or better',
  why: "CloudFront's own certificate forces TLSv1, whatever else is set.",
  mend: "Set viewerCertificate with acmCertificateArn and minimumProtocolVersion 'TLSv1.2_2021'.",
  severity: 'mandatory',
  controls: ['AWS FSBP CloudFront.7', 'Checkov CKV_AWS_174'],
  scope: 'resource',
  types,
  check: (resource) => [
    inspect(resource, ['viewerCertificate.cloudfrontDefaultCertificate'], (own) =>
      flag(own) ? "it uses CloudFront's own certificate" : undefined,
    ),
    inspect(resource, ['viewerCertificate.minimumProtocolVersion'], (version) => {
      // TLSv1.2_2018 and _2019 still offer weak ciphers (CloudFront developer guide, security policies).
      if (typeof version === 'string' && /^TLSv1\.(2_202[1-9]|[3-9])/.test(version)) return undefined;
      return `minimumProtocolVersion is ${show(version)}`;
    }),
  ],
};

export const cdnOriginAccess: ResourceRule = {
  id: 'cdn-origin-access',
  title: 'A distribution reads a bucket through origin access control',
  why: 'Otherwise the bucket would have to be public, and could be read past the distribution.',
  mend: 'Set originAccessControlId on every bucket origin.',
  severity: 'mandatory',
  controls: ['AWS FSBP CloudFront.13', 'Checkov CKV2_AWS_46'],
  scope: 'resource',
  types,
  check: (resource) =>
    inspectEach(resource, 'origins', (origin, path) => {
      const elsewhere = ['customOriginConfig', 'vpcOriginConfig'].some((kind) => present(at(origin, kind)));
      // Set is enough: which control it is, the cloud will say.
      return elsewhere || present(at(origin, 'originAccessControlId')) ? pass : fail(`${path} has no access control`);
    }),
};

export const contentDeliveryRules = [cdnHttps, cdnTls, cdnOriginAccess];
