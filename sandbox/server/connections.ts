import type { PackageConfig } from '../model/resource-type';

/** More than an engine opens in a day; older ones are long gone. */
const REMEMBERED = 200;

/**
 * Calls about resources do not say which instance of a provider they are for, but each instance has a connection of its
 * own: the configuration is kept by the caller's address and port.
 */
export class Connections {
  private readonly known = new Map<string, PackageConfig>();

  remember(peer: string, config: PackageConfig): void {
    this.known.delete(peer);
    this.known.set(peer, config);
    const oldest = this.known.keys().next().value;
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
  }

  /** A connection that was closed and opened again has a new port; then the last configuration is the best guess. */
  of(peer: string): PackageConfig {
    return this.known.get(peer) ?? [...this.known.values()].pop() ?? { values: {} };
  }
}
