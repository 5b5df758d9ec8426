import { backendBucket, backendService, healthCheck, signedUrlKey } from './backends';
import { globalEndpoint, globalEndpointGroup } from './endpoints';
import { forwardingRule, globalForwardingRule, targetHttpProxy, targetHttpsProxy, urlMap } from './front';
import { managedSslCertificate, securityPolicy, sslPolicy } from './guards';

export const balancer = [
  healthCheck,
  backendService,
  backendBucket,
  signedUrlKey,
  urlMap,
  targetHttpProxy,
  targetHttpsProxy,
  globalForwardingRule,
  forwardingRule,
  sslPolicy,
  managedSslCertificate,
  securityPolicy,
  globalEndpointGroup,
  globalEndpoint,
];
