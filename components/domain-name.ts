/** A name of DNS in small letters, as configuration takes it: its end may be written in Punycode, e.g. `xn--p1ai`. */
export function isDomainName(name: string): boolean {
  return /^([a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name);
}

/** The same, or every name under one: `*.example.com`. */
export function isDomainOrWildcard(name: string): boolean {
  return isDomainName(name.replace(/^\*\./, ''));
}
