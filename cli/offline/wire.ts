/**
 * How Pulumi marks values on the wire between program and engine. The SDK keeps these to itself; they are part of the
 * engine's protocol and do not change (see the SDK's `runtime/rpc`).
 */
export const signatureKey = '4dabf18193072939515e22adb298388d';
export const secretSignature = '1b47061264138c4ac30d75fd1eb44270';
export const outputSignature = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
