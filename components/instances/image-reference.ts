// The grammar of distribution/reference: host and port, path of lower-case components, tag, digest.
const host = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\\d+)?';
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const path = `${component}(?:/${component})*`;
const tag = '[\\w][\\w.-]{0,127}';
const digest = 'sha256:[0-9a-f]{64}';
const reference = new RegExp(`^(?:(?:${host})/)?(${path})(?::${tag})?(?:@${digest})?$`);

/** Whether a text can be the reference of a container image, with or without registry, tag and digest. */
export function isImageReference(image: string): boolean {
  return image.length <= 4096 && reference.test(image);
}
