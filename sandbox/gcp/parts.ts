import { problem, type Problem } from '../model/errors';
import { number, text } from '../model/reading';
import type { Naming, Reference } from '../model/resource-type';
import type { Bag } from '../model/values';

/** Token of a type of the gcp package, e.g. `gcp:compute/network:Network`. */
export function gcp(module: string, name: string): string {
  return `gcp:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** What Google answers when something that is still used is deleted. */
export const IN_USE = 'resourceInUseByAnotherResource';

const rfc1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Compute Engine's names, as most other services have them: a label of RFC 1035. */
export const label = (max = 63, more: Partial<Naming> = {}): Naming => ({
  property: 'name',
  max,
  lowercase: true,
  pattern: rfc1035,
  rule: 'invalid: a name starts with a lower-case letter and holds lower-case letters, digits and hyphens, no hyphen last',
  ...more,
});

/** An input that names another resource by id, self link or name. */
export const to = (path: string, tokens: string[], holds = false): Reference => ({
  path,
  to: tokens,
  error: 'notFound',
  holds,
});

/** The network that Google makes with a project may be named without a resource of ours. */
export const toNetwork = (path = 'network', holds = true): Reference => ({
  ...to(path, [gcp('compute', 'Network')], holds),
  except: /(^|\/)default$/,
});
export const toSubnetwork = (path = 'subnetwork', holds = true): Reference => ({
  ...to(path, [gcp('compute', 'Subnetwork')], holds),
  except: /(^|\/)default$/,
});

/** Of a service account by its e-mail address. Google's own agents and the default accounts come with the project. */
export const toServiceAccount = (path: string): Reference => ({
  ...to(path, [gcp('serviceaccount', 'Account')]),
  error: 'INVALID_ARGUMENT: Service account does not exist',
  except: /@(gcp-sa-|cloudservices\.|developer\.|system\.|appspot\.|cloud-filer|.*\.google\.com$)|^default$/,
});

/** Who gets a role. What is no service account of ours exists outside of what the sandbox knows. */
export const toMember = (path = 'member'): Reference => ({
  ...toServiceAccount(path),
  except:
    /^(?!serviceAccount:)|^serviceAccount:.*(\.svc\.id\.goog\[|@(gcp-sa-|cloudservices\.|developer\.|system\.|appspot\.)|@service-|service-\d+@)/,
});

/** A number outside of what the service accepts, in the words of the provider. */
export function between(inputs: Bag, path: string, least: number, most: number): Problem[] {
  const value = number(inputs, path);
  if (value === undefined || (value >= least && value <= most)) return [];
  return [problem(path, `expected ${path} to be in the range (${least} - ${most}), got ${value}`)];
}

/** Text that has not the form that the service accepts. */
export function shaped(inputs: Bag, path: string, pattern: RegExp, what: string): Problem[] {
  const value = text(inputs, path);
  if (value === undefined || pattern.test(value)) return [];
  return [problem(path, `invalid value for "${path}": ${value} is not ${what}`)];
}

/** At most, or exactly, one of several inputs. */
export function oneOf(inputs: Bag, keys: string[], needed = true): Problem[] {
  const given = keys.filter((key) => inputs[key] !== undefined && inputs[key] !== null);
  if (given.length === 1 || (given.length === 0 && !needed)) return [];
  const got = given.length === 0 ? 'none was' : `${given.join(' and ')} were`;
  return [problem(given[1] ?? keys[0] ?? '', `only one of ${keys.join(', ')} can be specified, and ${got}`)];
}

/** The last part of an id or a link: the name. */
export const lastOf = (reference: string | undefined): string => reference?.split('/').pop() ?? '';
