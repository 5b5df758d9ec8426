import { randomBytes, randomInt, randomUUID } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const upper = letters.toUpperCase();
const digits = '0123456789';

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Lower-case hexadecimal digits, as in `vpc-0123456789abcdef0`. */
export const hex = (length: number): string =>
  randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length);
/** Lower-case letters and digits, as in ElastiCache's and Atlas's host names. */
export const lowerAlphanumeric = (length: number): string => pick(letters + digits, length);
/** Upper-case letters and digits, as in CloudFront's ids. */
export const upperAlphanumeric = (length: number): string => pick(upper + digits, length);
/** Letters of either case and digits, as in the end of a secret's ARN. */
export const alphanumeric = (length: number): string => pick(letters + upper + digits, length);
export const uuid = (): string => randomUUID();
/** EC2's ids: a prefix, and 17 hexadecimal digits of which the first is 0. */
export const ec2Id = (prefix: string): string => `${prefix}-0${hex(16)}`;
/** An address out of AWS's public ranges. */
export const publicAddress = (): string => `52.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
