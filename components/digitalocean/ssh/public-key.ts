/** A text or number as SSH writes it: its length in four bytes, and itself. */
function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const KIND = 'ssh-ed25519';

/** A public key of Ed25519 as one line, from the base64 of its 32 bytes (RFC 8709). */
export function publicKey(base64: string, comment: string): string {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 32) throw new Error(`a key of Ed25519 has 32 bytes, not ${bytes.length}`);
  const blob = Buffer.concat([field(Buffer.from(KIND)), field(bytes)]);
  return `${KIND} ${blob.toString('base64')} ${comment}`;
}
