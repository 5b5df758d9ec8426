import type { System } from '../systems/system';
import { type ProfileName, shapeOf, shrunk, type Shrink } from './profiles';
import { scenarioOf, statusCheck, thresholdsOf, timeCheck } from './scenario';

export interface ScriptOptions {
  /** Where the system answers, e.g. `https://api.example.com`. Undefined: BASE_URL must say it when the script runs. */
  baseUrl?: string;
  /** Paths instead of the system's own. */
  paths?: string[];
  /** Default: the test in its full length and weight. */
  shrink?: Shrink;
}

/** The k6 script of one profile of a system: a file that runs by itself. */
export function k6Script(system: System, profile: ProfileName, options: ScriptOptions = {}): string {
  const { loadTest: needs, title } = system;
  const shape = shrunk(shapeOf(profile, needs), options.shrink ?? { faster: 1, smaller: 1 });
  const settings = { scenarios: { [profile]: scenarioOf(shape, needs) }, thresholds: thresholdsOf(needs) };
  const { latency } = needs.expects;
  const paths = options.paths ?? needs.paths;
  // Users rest; requests that arrive at a rate of their own have nobody behind them who would.
  const rests = shape.unit === 'users' && needs.restSeconds > 0;
  return `// ${title}: ${profile} test. Made by: ladder k6 --system ${system.name} --profile ${profile}
// Run by:   k6 run -e BASE_URL=https://… ${system.name}-${profile}.js
import http from 'k6/http';
import { check${rests ? ', sleep' : ''} } from 'k6';

export const options = ${JSON.stringify(settings, null, 2)};

const base = (__ENV.BASE_URL || ${JSON.stringify(options.baseUrl ?? '')}).replace(/\\/+$/, '');
if (!base) throw new Error('BASE_URL must say where the system answers, e.g. k6 run -e BASE_URL=https://api.example.com');

const paths = ${JSON.stringify(paths)};
const good = ${JSON.stringify(needs.statuses)};
http.setResponseCallback(http.expectedStatuses(...good));

export default function () {
  const answer = http.get(base + paths[__ITER % paths.length]);
  check(answer, {
    ${JSON.stringify(statusCheck(needs.statuses))}: (r) => good.includes(r.status),
    ${JSON.stringify(timeCheck(latency.millis))}: (r) => r.timings.duration < ${latency.millis},
  });${rests ? `\n  sleep(${needs.restSeconds});` : ''}
}
`;
}
