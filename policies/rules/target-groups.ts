import { inspect } from '../judge';
import type { ResourceRule } from '../rule';
import { numeric, present, show } from '../values';

const targetGroup = ['aws:lb/targetGroup:TargetGroup'];

export const targetHealthCheck: ResourceRule = {
  id: 'target-health-check',
  title: 'A target group asks a path of the application whether it is healthy',
  why: 'The default path / says little about the application, and often redirects.',
  mend: "Set healthCheck.path to the service's own, e.g. /health.",
  severity: 'mandatory',
  controls: ['Checkov CKV_AWS_261'],
  scope: 'resource',
  types: targetGroup,
  check: (resource) => [
    inspect(resource, ['protocol', 'healthCheck.path', 'healthCheck.protocol'], (protocol, path, own) => {
      // Only the HTTP family of protocols has paths; a TCP target group may check by HTTP on its own.
      const checks = present(own) ? own : protocol;
      if (checks !== 'HTTP' && checks !== 'HTTPS') return undefined;
      return typeof path === 'string' && path.startsWith('/') ? undefined : `healthCheck.path is ${show(path)}`;
    }),
    inspect(resource, ['healthCheck.enabled'], (enabled) =>
      enabled === false || enabled === 'false' ? 'healthCheck.enabled is false' : undefined,
    ),
  ],
};

export const deregistrationDelay: ResourceRule = {
  id: 'target-deregistration-delay',
  title: 'A leaving target keeps its open requests for 15 to 120 seconds',
  why: 'Less cuts requests off; the default of 300 makes every deploy and scale-in wait five minutes an instance.',
  mend: "Set deregistrationDelay to the service's drain time, between 15 and 120.",
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: targetGroup,
  check: (resource) => [
    inspect(resource, ['deregistrationDelay'], (delay) => {
      const seconds = present(delay) ? numeric(delay) : 300;
      if (seconds !== undefined && seconds >= 15 && seconds <= 120) return undefined;
      return `deregistrationDelay is ${present(delay) ? show(delay) : 'left at 300'} seconds`;
    }),
  ],
};

export const targetGroupRules = [targetHealthCheck, deregistrationDelay];
