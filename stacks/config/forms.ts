import { createPublicKey } from 'node:crypto';
import { z } from 'zod';

/** The forms of single values. Each says what it accepts; `note` says it to people. */

/** DNS: labels of 1 to 63 letters, digits and inner hyphens, at least two of them, 253 characters in all (RFC 1123). */
export const hostName = z
  .string()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/);

/** A container image reference of the distribution specification: [registry[:port]/]name[:tag][@sha256:digest]. */
export const imageReference = z
  .string()
  .max(512)
  .regex(
    /^(?:[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*(?::[0-9]+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/,
  );

/** Checked against the cloud's own list afterwards; this is only what all clouds' region names have in common. */
export const regionName = z.string().regex(/^[a-z]+[a-z0-9-]*$/);
export const zoneName = z.string().regex(/^[a-z]+[a-z0-9-]*$/);

export const accountId = z.string().regex(/^[0-9]{12}$/);
export const atlasId = z.string().regex(/^[0-9a-f]{24}$/);
export const hostedZoneId = z.string().regex(/^Z[A-Z0-9]{7,31}$/);
export const amazonMachineImage = z.string().regex(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/);

export const certificateArn = z.string().regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[0-9a-f-]{36}$/);
export const secretArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$/);
export const vpcId = z.string().regex(/^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/);
export const subnetId = z.string().regex(/^subnet-(?:[0-9a-f]{8}|[0-9a-f]{17})$/);

/** A /16 of the private ranges of RFC 1918, the last two parts zero. */
export const privateSixteen = z
  .string()
  .regex(/^(?:10\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|172\.(?:1[6-9]|2[0-9]|3[01])|192\.168)\.0\.0\/16$/);

/** Name of an environment variable. */
export const variableName = z.string().regex(/^[A-Z_][A-Z0-9_]*$/);

/** What AWS allows as the value of a tag. */
export const tagValue = z.string().regex(/^[\p{L}\p{N}\p{Zs}_.:/=+@-]{1,256}$/u);

/** What clouds' machine and node types have in common. */
export const machineType = z.string().regex(/^[a-z][a-z0-9.-]*$/);

/** CloudFront takes RSA keys of 2048 bits and ECDSA keys on P-256 ("Serving private content", signers). */
export const publicKey = z
  .string()
  .regex(/^-----BEGIN PUBLIC KEY-----\s[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/)
  .refine(isSigningKey);

function isSigningKey(pem: string): boolean {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPublicKey(pem);
    return (
      (type === 'rsa' && details?.modulusLength === 2048) || (type === 'ec' && details?.namedCurve === 'prime256v1')
    );
  } catch {
    return false;
  }
}

/** A list without repeats; each repeat is a fault of its own at its place. */
export function distinct<T extends z.ZodType<string>>(item: T): z.ZodArray<T> {
  return z
    .array(item)
    .meta({ uniqueItems: true })
    .superRefine((list, context) => {
      list.forEach((value, at) => {
        if (list.indexOf(value) < at) context.addIssue({ code: 'custom', path: [at], message: 'is in the list twice' });
      });
    });
}
