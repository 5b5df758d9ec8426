import { subjectHash } from './subject-hash';

/** The file with all certificates of an authority. */
export const AUTHORITY_FILE = 'ca.crt';

const certificate = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g;

/**
 * What lies in the folder of authorities that `SSL_CERT_DIR` names: all certificates in one file, as Go and Node.js read
 * them, and each once more under the only name that OpenSSL (Python, Ruby, PHP) looks for there: its subject's hash, and
 * a number that tells apart what is called the same. Pure.
 */
export function authorityFiles(pem: string): Record<string, string> {
  const files: Record<string, string> = { [AUTHORITY_FILE]: pem };
  for (const [text, body = ''] of pem.matchAll(certificate)) {
    const hash = subjectHash(Buffer.from(body, 'base64'));
    if (hash === undefined || Object.values(files).includes(`${text}\n`)) continue;
    const taken = Object.keys(files).filter((name) => name.startsWith(`${hash}.`)).length;
    files[`${hash}.${taken}`] = `${text}\n`;
  }
  return files;
}
