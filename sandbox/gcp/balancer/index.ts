import { backendBucket, signedUrlKey } from './backend-bucket';
import { backendService } from './backend-service';
import { globalEndpoint, globalEndpointGroup } from './endpoints';
import { forwardingRule } from './forwarding-rule';
import { globalForwardingRule } from './global-forwarding-rule';
import { targetHttpProxy, targetHttpsProxy } from './proxies';
import { urlMap } from './url-map';
import { healthCheck } from './health-check';
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
