/** Clients that run for a moment beside a service. Pinned, as everything that is deployed. */
export const valkeyClientImage = 'docker.io/valkey/valkey:8.1.4';
/** From Amazon's copy of Docker's library, which has no pull limit for instances. */
export const postgresClientImage = 'public.ecr.aws/docker/library/postgres:17.6-alpine';
