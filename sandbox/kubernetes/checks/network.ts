import { isIP } from 'node:net';
import { problem, type Problem } from '../../model/errors';
import { at, list, matches, text } from '../../model/reading';
import { isBag, isUnknown, type Bag, type Value } from '../../model/values';
import { isPort } from './containers';
import { checkWord } from './workloads';

export function checkService(object: Bag): Problem[] {
  const type = text(object, 'spec.type') ?? 'ClusterIP';
  const isHeadless = text(object, 'spec.clusterIP') === 'None';
  const ports = list(object, 'spec.ports');
  const problems = checkWord(object, 'spec.type', ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
  const spec = object.spec;
  const isKnown = isBag(spec) && !isUnknown(spec.ports);
  if (isKnown && ports.length === 0 && !isHeadless && type !== 'ExternalName') {
    problems.push(problem('spec.ports', 'Required value'));
  }
  if (isHeadless && type !== 'ClusterIP') {
    problems.push(problem('spec.clusterIPs[0]', `may not be set to 'None' for ${type} services`));
  }
  if (type === 'ExternalName' && isBag(spec) && spec.externalName === undefined) {
    problems.push(problem('spec.externalName', 'Required value'));
  }
  for (const [index, port] of ports.entries()) {
    if (!isBag(port)) continue;
    if (!isPort(port.port))
      problems.push(problem(`spec.ports[${index}].port`, 'must be between 1 and 65535, inclusive'));
    if (ports.length > 1 && port.name === undefined)
      problems.push(problem(`spec.ports[${index}].name`, 'Required value'));
  }
  return problems;
}

export function checkIngress(object: Bag): Problem[] {
  const leads = list(object, 'spec.rules').length > 0 || at(object, 'spec.defaultBackend') !== undefined;
  const spec = object.spec;
  const isKnown = isBag(spec) && !isUnknown(spec.rules);
  const paths = matches(object, 'spec.rules.*.http.paths.*');
  return [
    ...(isKnown && !leads ? [problem('spec', 'either `defaultBackend` or `rules` must be specified')] : []),
    ...paths.flatMap(({ path, value }) =>
      isBag(value) && value.pathType === undefined
        ? [problem(`${path.join('.')}.pathType`, 'pathType must be specified')]
        : [],
    ),
  ];
}

export function checkNetworkPolicy(object: Bag): Problem[] {
  const spec = object.spec;
  const types = list(object, 'spec.policyTypes').map(String);
  const wrong = types.filter((type) => type !== 'Ingress' && type !== 'Egress');
  const problems = wrong.map((type) =>
    problem('spec.policyTypes', `Unsupported value: "${type}": supported values: "Egress", "Ingress"`),
  );
  if (isBag(spec) && spec.podSelector === undefined) problems.push(problem('spec.podSelector', 'Required value'));
  for (const way of ['ingress', 'egress']) {
    for (const { path, value } of matches(object, `spec.${way}.*.ports.*.port`)) {
      const isName = typeof value === 'string' && /[a-z]/.test(value);
      if (!isName && !isPort(value)) problems.push(problem(path.join('.'), 'must be between 1 and 65535, inclusive'));
    }
    for (const { path, value } of matches(
      object,
      `spec.${way}.*.${way === 'ingress' ? 'from' : 'to'}.*.ipBlock.cidr`,
    )) {
      if (!isCidr(value))
        problems.push(problem(path.join('.'), `Invalid value: "${String(value)}": must be a valid CIDR`));
    }
  }
  return problems;
}

function isCidr(value: Value): boolean {
  if (isUnknown(value)) return true;
  const [address = '', length, ...more] = String(value).split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  return version !== 0 && more.length === 0 && /^\d{1,3}$/.test(length ?? '') && Number(length) <= most;
}
