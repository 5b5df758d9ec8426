import type { Cloud } from '../platform';
import { nextBests } from './next-bests';
import { DigitalOceanPlatform } from './platform';

/** DigitalOcean: droplet pools behind load balancers, managed PostgreSQL, MySQL, MongoDB and Valkey, Spaces with its CDN. */
export const digitalocean: Cloud = {
  open: (plan, secrets, providers) => new DigitalOceanPlatform(plan, secrets, providers),
  nextBests,
};
