import { randomInt } from 'node:crypto';
import { problem } from '../../model/errors';
import { list, text } from '../../model/reading';
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
    const certificates = ['sslCertificates', 'certificateMap', 'certificateManagerCertificates'];
    const problems = between(inputs, 'httpKeepAliveTimeoutSec', 5, 1200);
    if (
      certificates.every(
        (key) => inputs[key] === undefined || list(inputs, key).length + Number(typeof inputs[key] === 'string') === 0,
      )
    ) {
      problems.push(problem('sslCertificates', 'invalid: a target HTTPS proxy needs at least one certificate'));
    }
    const map = text(inputs, 'certificateMap');
    if (map !== undefined && !map.startsWith('//certificatemanager.googleapis.com/projects/')) {
      const reason = `invalid: certificateMap is written //certificatemanager.googleapis.com/projects/…/certificateMaps/…, got ${map}`;
      problems.push(problem('certificateMap', reason));
    }
    return problems;
  },
});
