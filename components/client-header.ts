import type { ClientHeader } from '../plan/types';
import { must, type Fault } from './faults';

const range = /^(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:]+)\/\d{1,3}$/;

/** What is wrong with a header that is believed about the client, at this place of a component's arguments. */
export function clientHeaderFaults(path: string, header: ClientHeader | undefined): Fault[] {
  if (!header) return [];
  return [
    must(/^[A-Za-z0-9-]{1,64}$/.test(header.name), `${path}.name`, `"${header.name}" is no name of a header`),
    must(header.from.length > 0, `${path}.from`, 'say who is believed about it: anybody can write a header'),
    ...header.from.map((each, at) => must(range.test(each), `${path}.from[${at}]`, `"${each}" is no CIDR`)),
    must(!header.from.some((each) => each.endsWith('/0')), `${path}.from`, 'the whole internet is not to be believed'),
  ];
}

/** The ranges of IPv4 among them, for a balancer that has no other address. */
export function ranges4({ from }: ClientHeader): string[] {
  return from.filter((each) => !each.includes(':'));
}
