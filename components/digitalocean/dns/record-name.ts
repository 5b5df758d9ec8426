/** A host as a record of its domain names it: `api` for `api.example.com` in `example.com`, `@` for the domain itself. */
export function recordName(host: string, domain: string): string | undefined {
  if (host === domain) return '@';
  const end = `.${domain}`;
  return host.endsWith(end) ? host.slice(0, -end.length) : undefined;
}
