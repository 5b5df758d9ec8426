/** Ranges that no address of the internet is in: RFC 1918, and what carriers and overlay networks use (RFC 6598). */
const privateRange = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/**
 * Tells the ranges of one's own networks (a VPN's, a peered network's) from those of the internet. A control plane is
 * opened to the first at its private end, and only for the others does it get a public one.
 */
export function splitRanges(cidrs: string[]): { within: string[]; outside: string[] } {
  return {
    within: cidrs.filter((range) => privateRange.test(range)),
    outside: cidrs.filter((range) => !privateRange.test(range)),
  };
}
