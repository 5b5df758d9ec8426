import { randomInt } from 'node:crypto';
import { CloudError, problem } from '../../model/errors';
import { text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { between, gcp, label, to } from '../parts';
import { urlMap } from './url-map';

const proxy = {
  links: COMPUTE,
  naming: label(),
  required: ['urlMap'],
  computed: ['creationTimestamp', 'fingerprint', 'proxyId'],
  keeps: ['proxyBind'],
  make: () => ({
    state: { creationTimestamp: new Date().toISOString(), fingerprint: '', proxyId: randomInt(1e12, 9e12) },
  }),
};

export const targetHttpProxy = google({
  ...proxy,
  token: gcp('compute', 'TargetHttpProxy'),
  id: 'projects/{project}/global/targetHttpProxies/{name}',
  references: [to('urlMap', [urlMap.token], true)],
  replaceOn: ['description', 'httpKeepAliveTimeoutSec', 'name', 'project', 'proxyBind'],
  check: (inputs) => between(inputs, 'httpKeepAliveTimeoutSec', 5, 1200),
});

export const targetHttpsProxy = google({
  ...proxy,
  token: gcp('compute', 'TargetHttpsProxy'),
  id: 'projects/{project}/global/targetHttpsProxies/{name}',
  references: [
    to('urlMap', [urlMap.token], true),
    to('sslCertificates.*', [gcp('compute', 'ManagedSslCertificate')], true),
    to('sslPolicy', [gcp('compute', 'SSLPolicy')], true),
    to('certificateMap', [gcp('certificatemanager', 'CertificateMap')], true),
    to('certificateManagerCertificates.*', [gcp('certificatemanager', 'Certificate')], true),
  ],
  enumerations: {
    quicOverride: ['NONE', 'ENABLE', 'DISABLE'],
    tlsEarlyData: ['STRICT', 'PERMISSIVE', 'UNRESTRICTED', 'DISABLED'],
  },
  replaceOn: ['description', 'httpKeepAliveTimeoutSec', 'name', 'project', 'proxyBind', 'tlsEarlyData'],
  keeps: [...proxy.keeps, 'tlsEarlyData', 'serverTlsPolicy'],
  defaults: { quicOverride: 'NONE' },
  check: (inputs) => {
    const problems = between(inputs, 'httpKeepAliveTimeoutSec', 5, 1200);
    if (isBare(inputs)) {
      problems.push(problem('sslCertificates', 'invalid: a target HTTPS proxy needs at least one certificate'));
    }
    const map = text(inputs, 'certificateMap');
    if (map !== undefined && !map.startsWith('//certificatemanager.googleapis.com/projects/')) {
      const reason = `invalid: certificateMap is written //certificatemanager.googleapis.com/projects/…/certificateMaps/…, got ${map}`;
      problems.push(problem('certificateMap', reason));
    }
    return problems;
  },
  update: ({ record, inputs, changed }) => {
    // The provider's order: certificates first, the map after them, each by a call of its own.
    const between = changed.includes('sslCertificates') ? { ...record.inputs, ...certificatesOf(inputs) } : inputs;
    if (isBare(between) || isBare(inputs)) {
      const what = 'Certificate Map or at least 1 SSL certificate must be specified';
      throw new CloudError('conditionNotMet', `${what} for setting SSL certificates in TargetHttpsProxy.`);
    }
  },
});

const certificatesOf = ({ sslCertificates = null }: Bag): Bag => ({ sslCertificates });

/** Without any certificate that it could answer with; one that is not known yet is one. */
function isBare(proxy: Bag): boolean {
  return [proxy.sslCertificates, proxy.certificateManagerCertificates, proxy.certificateMap].every(
    (given) => given === undefined || given === null || (Array.isArray(given) && given.length === 0),
  );
}
