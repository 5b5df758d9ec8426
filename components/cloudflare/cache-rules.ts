/** A rule of the phase `http_request_cache_settings`: what the edge keeps. */
export interface CacheRule {
  description: string;
  /** In the language of Cloudflare's rules. */
  expression: string;
  /** False: never kept. */
  cache: boolean;
}

/**
 * The cache rules of a zone, in their order: where several match, what a later one says holds. Answers are kept as long
 * as the origin's own `Cache-Control` allows, so what says nothing, or `private`, is not kept. What is opened by a signed
 * URL is never kept: the edge would go on answering when the signature has run out.
 *
 * @param host where clients reach the service
 * @param paths patterns with `*` whose answers may be kept
 * @param signed patterns of the content's host that take a signature
 */
export function cacheRules(host: string, paths: string[], content?: { host: string; signed: string[] }): CacheRule[] {
  return [
    ...rule(host, paths, true, 'cached as long as the origin says'),
    ...(content ? rule(content.host, content.signed, false, 'signed: never cached') : []),
  ];
}

function rule(host: string, paths: string[], cache: boolean, description: string): CacheRule[] {
  if (paths.length === 0) return [];
  const matches = paths.map((path) => `http.request.uri.path strict wildcard ${quoted(path)}`);
  return [{ description, cache, expression: `http.host eq ${quoted(host)} and (${matches.join(' or ')})` }];
}

/** A text of the rules' language. A pattern's own `\` and `"` are escaped, so that no path can say more than a path. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
