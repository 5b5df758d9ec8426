import { problem, type Problem } from '../../model/errors';
import { at, list, number, text } from '../../model/reading';
import { isBag, isUnknown, type Bag, type Value } from '../../model/values';
import { parseQuantity } from '../quantity';
import { isDnsLabel } from './names';
import { rawAt } from './raw';

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const handlers = ['exec', 'grpc', 'httpGet', 'tcpSocket'];

/** A pod's specification at a path. `claims` are volumes that a StatefulSet brings. */
export function checkPodSpec(object: Bag, path: string, claims: string[] = []): Problem[] {
  const spec = rawAt(object, path);
  if (!isBag(spec)) return spec === undefined ? [problem(path, 'Required value')] : [];
  const containers = list(spec, 'containers');
  const volumes = [...claims, ...list(spec, 'volumes').map((volume) => text(volume, 'name') ?? '')];
  const problems = ['containers', 'initContainers'].flatMap((kind) =>
    list(spec, kind).flatMap((container, index) =>
      isUnknown(container)
        ? []
        : checkContainer(container, `${path}.${kind}[${index}]`, volumes, isUnknown(spec.volumes)),
    ),
  );
  if (containers.length === 0 && !isUnknown(spec.containers))
    problems.push(problem(`${path}.containers`, 'Required value'));
  const names = [...containers, ...list(spec, 'initContainers')].map((container) => text(container, 'name'));
  const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
  if (twice !== undefined) problems.push(problem(`${path}.containers`, `Duplicate value: "${twice}"`));
  const grace = number(spec, 'terminationGracePeriodSeconds');
  if (grace !== undefined && grace < 0) {
    problems.push(problem(`${path}.terminationGracePeriodSeconds`, 'must be greater than or equal to 0'));
  }
  return problems;
}

function checkContainer(container: Value, path: string, volumes: string[], anyVolume: boolean): Problem[] {
  const problems: Problem[] = [];
  const wrong = (field: string, reason: string): void => void problems.push(problem(`${path}.${field}`, reason));
  const given = (field: string): Value | undefined => (isBag(container) ? container[field] : undefined);
  const name = text(container, 'name');
  if (given('name') === undefined) wrong('name', 'Required value');
  else if (name !== undefined && !isDnsLabel(name))
    wrong('name', `Invalid value: "${name}": must be an RFC 1123 label`);
  if (given('image') === undefined || text(container, 'image')?.trim() === '') wrong('image', 'Required value');
  for (const [index, port] of list(container, 'ports').entries()) {
    if (isBag(port) && !isPort(port.containerPort))
      wrong(`ports[${index}].containerPort`, 'must be between 1 and 65535');
  }
  for (const [index, variable] of list(container, 'env').entries()) {
    if (!isBag(variable)) continue;
    if (variable.name === undefined || variable.name === '') wrong(`env[${index}].name`, 'Required value');
    const both = variable.valueFrom !== undefined && variable.value !== undefined && variable.value !== '';
    if (both) wrong(`env[${index}].valueFrom`, 'may not be specified when `value` is not empty');
  }
  for (const [index, mount] of list(container, 'volumeMounts').entries()) {
    const volume = text(mount, 'name');
    const isThere = volume === undefined || anyVolume || volumes.includes(volume);
    if (!isThere) wrong(`volumeMounts[${index}].name`, `Not found: "${volume}"`);
    if (isBag(mount) && mount.mountPath === undefined) wrong(`volumeMounts[${index}].mountPath`, 'Required value');
  }
  for (const probe of probes) checkProbe(at(container, probe), (reason) => wrong(probe, reason));
  return [...problems, ...checkResources(container, path)];
}

function checkProbe(probe: Value | undefined, wrong: (reason: string) => void): void {
  if (!isBag(probe)) return;
  const given = handlers.filter((handler) => probe[handler] !== undefined);
  if (given.length === 0) wrong('must specify a handler type');
  if (given.length > 1) wrong(`may not specify more than 1 handler type: ${given.join(', ')}`);
  for (const field of ['periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold']) {
    if ((number(probe, field) ?? 1) < 1) wrong(`${field} must be greater than or equal to 1`);
  }
  if ((number(probe, 'initialDelaySeconds') ?? 0) < 0) wrong('initialDelaySeconds must be greater than or equal to 0');
}

function checkResources(container: Value, path: string): Problem[] {
  const limits = at(container, 'resources.limits');
  const requests = at(container, 'resources.requests');
  if (!isBag(limits) || !isBag(requests)) return [];
  return Object.keys(requests).flatMap((name) => {
    const [asked, most] = [parseQuantity(requests[name]), parseQuantity(limits[name])];
    if (asked === undefined || most === undefined || asked <= most) return [];
    const reason = `Invalid value: "${String(requests[name])}": must be less than or equal to ${name} limit of ${String(limits[name])}`;
    return [problem(`${path}.resources.requests`, reason)];
  });
}

/** Whether a value may be a port; what is not known yet may. */
export function isPort(value: Value | undefined): boolean {
  if (value === undefined) return false;
  return isUnknown(value) || (Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= 65535);
}
