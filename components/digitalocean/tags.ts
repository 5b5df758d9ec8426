/**
 * Tags as DigitalOcean has them: one word each, no values. `System: pulse` becomes `system:pulse`. Letters, digits,
 * `:`, `-` and `_` alone, 255 characters at most (Tags, API reference); tags are kept in lower case.
 */
export function tagList(tags: Record<string, string>): string[] {
  return Object.entries(tags).map(([key, value]) =>
    `${key}:${value}`
      .toLowerCase()
      .replace(/[^a-z0-9:_-]+/g, '-')
      .slice(0, 255),
  );
}
