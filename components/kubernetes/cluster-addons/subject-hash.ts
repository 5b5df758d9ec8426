import { createHash } from 'node:crypto';

/** One element of DER: its tag, what is in it, and all of it. */
interface Element {
  tag: number;
  content: Buffer;
  whole: Buffer;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const UTF8 = 0x0c;
/** Texts whose bytes are those of UTF-8: UTF8String, PrintableString, IA5String, VisibleString. */
const texts = [UTF8, 0x13, 0x16, 0x1a];
/** The version of a certificate, which the oldest do not say. */
const VERSION = 0xa0;

/**
 * The name that OpenSSL looks for in a folder of authorities (`openssl x509 -subject_hash`, `SSL_CERT_DIR`), without its
 * number: eight hexadecimal digits of the certificate's subject, spelled the same way whoever wrote it.
 *
 * @returns undefined for what is no certificate
 */
export function subjectHash(der: Buffer): string | undefined {
  try {
    const names = elements(subjectOf(der)).map(canonicalName);
    const digest = createHash('sha1').update(Buffer.concat(names)).digest();
    return digest.readUInt32LE(0).toString(16).padStart(8, '0');
  } catch (problem) {
    if (problem instanceof RangeError) return undefined;
    throw problem;
  }
}

/** The sixth part of what is signed, after version, number, algorithm, issuer and validity. */
function subjectOf(der: Buffer): Buffer {
  const [certificate] = elements(der);
  const [signed] = elements(inside(certificate, SEQUENCE));
  const parts = elements(inside(signed, SEQUENCE)).filter(({ tag }) => tag !== VERSION);
  return inside(parts[4], SEQUENCE);
}

/** As OpenSSL compares names: texts in UTF-8, small ASCII letters, and one space for several. */
function canonicalName(name: Element): Buffer {
  const pairs = elements(inside(name, SET)).map((pair) => {
    const [kind, value] = elements(inside(pair, SEQUENCE));
    if (!kind || !value) throw new RangeError('a part of a name has no value');
    return element(
      SEQUENCE,
      Buffer.concat([kind.whole, texts.includes(value.tag) ? canonicalText(value) : value.whole]),
    );
  });
  return element(SET, Buffer.concat(pairs));
}

function canonicalText({ content }: Element): Buffer {
  // Byte by byte: what is beyond ASCII stays.
  const text = content.toString('latin1').replace(/^[\t-\r ]+|[\t-\r ]+$/g, '');
  const plain = text.replace(/[\t-\r ]+/g, ' ').replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return element(UTF8, Buffer.from(plain, 'latin1'));
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const digits = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length, ...digits]), content]);
}

function inside(found: Element | undefined, tag: number): Buffer {
  if (found?.tag !== tag) throw new RangeError(`there is no element ${tag} where one must be`);
  return found.content;
}

/** @throws RangeError where an element does not end */
function elements(der: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < der.length;) {
    const first = der.readUInt8(at + 1);
    const digits = first < 0x80 ? 0 : first & 0x7f;
    if (digits > 4) throw new RangeError('an element is too long');
    const length = digits === 0 ? first : der.readUIntBE(at + 2, digits);
    const start = at + 2 + digits;
    const end = start + length;
    if (end > der.length) throw new RangeError('an element does not end');
    found.push({ tag: der.readUInt8(at), content: der.subarray(start, end), whole: der.subarray(at, end) });
    at = end;
  }
  return found;
}
