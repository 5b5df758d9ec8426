import { fail, inspect, type Judgement, pass, unknown } from '../../judge';
import { eachContainer } from '../../kubernetes/containers';
import { workloads } from '../../kubernetes/objects';
import type { ResourceRule } from '../../rule';
import { secretsIn } from '../../user-data';
import { at, list, SECRET, UNKNOWN, type Value } from '../../values';

const configMap = 'kubernetes:core/v1:ConfigMap';

export const noPlainSecrets: ResourceRule = {
  id: 'k8s-no-plain-secrets',
  title: 'No secret stands in plain text in a pod or a ConfigMap',
  why: 'Whoever may read pods or ConfigMaps reads it, and so does every log that prints a manifest.',
  mend: 'Put the value into a Secret and name it with valueFrom.secretKeyRef.',
  severity: 'mandatory',
  controls: ['Checkov CKV_K8S_35'],
  scope: 'resource',
  types: [...workloads, configMap],
  check(object) {
    if (object.type === configMap) {
      return [
        inspect(object, ['data'], (data) =>
          typeof data === 'object' && data !== null && Object.values(data).includes(UNKNOWN) ? UNKNOWN : undefined,
        ),
        ...judge(object.props.data, 'its data'),
        ...entries(object.props.data).flatMap(([key, value]) => judge(value, `its entry ${key}`)),
      ];
    }
    return eachContainer(object, { init: true }, (container) => [
      ...list(at(container.value, 'env')).flatMap((variable) => {
        const name = at(variable, 'name');
        const value = at(variable, 'value');
        const said = typeof name === 'string' ? name : 'a variable';
        if (value === UNKNOWN || variable === UNKNOWN) return [unknown(`${container.path}.env`)];
        return judge(
          typeof value === 'string' && value !== SECRET ? `${said}=${value}` : value,
          `${container.says}: ${said}`,
        );
      }),
      ...[...list(at(container.value, 'command')), ...list(at(container.value, 'args'))].flatMap((word) =>
        judge(typeof word === 'string' ? word.replace(/^-+/, '') : word, `${container.says}: its command line`),
      ),
    ]);
  },
};

/** Never the value itself: messages end up in logs. */
function judge(text: Value, where: string): Judgement[] {
  if (typeof text !== 'string') return [pass];
  if (text.includes(SECRET)) return [fail(`a secret value has flowed into ${where}`)];
  return [pass, ...secretsIn(text).map((kind) => fail(`${where} looks like it holds ${kind}`))];
}

function entries(data: Value): [string, Value][] {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.entries(data) : [];
}

export const kubernetesSecretRules = [noPlainSecrets];
