/** How a region's /16 is shared out. Google reserves nothing between the parts; what is left over is for later. */
export interface Ranges {
  /** Instances, and the nodes of a cluster: 4,092 addresses. */
  nodes: string;
  /** Services of a cluster. */
  services: string;
  /** Private endpoints of stores. */
  data: string;
  /** Services that Google runs in a network of its own (private services access). Home region only. */
  managed: string;
  /** Pods of a cluster: 128 nodes of 256 addresses each. */
  pods: string;
}

/** Whether a text is a private /16 such as `10.0.0.0/16`. */
export function isNetworkRange(cidr: string): boolean {
  const parts = /^(\d{1,3})\.(\d{1,3})\.0\.0\/16$/.exec(cidr);
  if (!parts) return false;
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  if (second > 255) return false;
  return first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
}

/** The parts of a region's range. The same at every phase and for every kind of compute, so no subnet is ever replaced. */
export function rangesOf(cidr: string): Ranges {
  const [first, second] = cidr.split('.');
  const start = `${first}.${second}`;
  return {
    nodes: `${start}.0.0/20`,
    services: `${start}.16.0/20`,
    data: `${start}.32.0/20`,
    managed: `${start}.48.0/20`,
    pods: `${start}.128.0/17`,
  };
}
