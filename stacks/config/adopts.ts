/** What `adoptDatabase` says on each cloud. */
export function adopts(what: string): string {
  return `${what} that is already there and becomes the stack's own: the first update takes it as it is and replaces nothing, and from then on it is changed like any other.`;
}
