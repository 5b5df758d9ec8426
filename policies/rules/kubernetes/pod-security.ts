import { eachContainer, inContainer, inSecurityContext } from '../../kubernetes/containers';
import { means, podPath, workloads } from '../../kubernetes/objects';
import { expect, inspect, inspectEach, type Judgement, pass, fail } from '../../judge';
import type { Resource, ResourceRule, StackRule } from '../../rule';
import { either, findEach, type Stack } from '../../stack';
import { at, list, numeric, present, show, UNKNOWN, type Unknown } from '../../values';

const common = { severity: 'mandatory', scope: 'resource', types: workloads } as const;

export const nonRoot: ResourceRule = {
  ...common,
  id: 'k8s-non-root',
  title: 'A container does not run as root',
  why: 'Root in a container is root on the node as soon as one wall between them has a hole.',
  mend: 'Set securityContext.runAsNonRoot to true, and runAsUser to a number above 0 that the image can run as.',
  controls: ['Checkov CKV_K8S_23', 'Checkov CKV_K8S_40', 'CIS Kubernetes 5.2.7'],
  check: (workload) =>
    eachContainer(workload, { init: true }, (container) => [
      inSecurityContext(workload, container, 'runAsNonRoot', (value) =>
        value === true ? undefined : `runAsNonRoot is ${show(value)}`,
      ),
      inSecurityContext(workload, container, 'runAsUser', (user) =>
        numeric(user) === 0 ? 'runAsUser is 0' : undefined,
      ),
    ]),
};

export const noPrivileges: ResourceRule = {
  ...common,
  id: 'k8s-no-privileges',
  title: 'A container cannot gain privileges: none to escalate to, no capabilities, nothing of its node',
  why: 'Each of them is a way from a hole in the application to the node, and from there to every pod on it.',
  mend: "Set allowPrivilegeEscalation to false and capabilities.drop to ['ALL']; leave out privileged, hostNetwork, hostPID, hostIPC and hostPath.",
  controls: ['Checkov CKV_K8S_16', 'Checkov CKV_K8S_20', 'Checkov CKV_K8S_37', 'CIS Kubernetes 5.2.2'],
  check: (workload) => [
    ...['hostNetwork', 'hostPID', 'hostIPC'].map((property) =>
      inspect(workload, [`${podPath(workload)}spec.${property}`], (on) =>
        on === true ? `${property} is true` : undefined,
      ),
    ),
    ...inspectEach(workload, `${podPath(workload)}spec.volumes`, (volume) =>
      present(at(volume, 'hostPath')) ? fail(`the volume ${show(at(volume, 'name'))} is a hostPath`) : pass,
    ),
    ...eachContainer(workload, { init: true }, (container) => [
      inContainer(container, 'securityContext.allowPrivilegeEscalation', (value) =>
        value === false ? undefined : `allowPrivilegeEscalation is ${show(value)}`,
      ),
      inContainer(container, 'securityContext.privileged', (value) =>
        value === true ? 'privileged is true' : undefined,
      ),
      inContainer(container, 'securityContext.capabilities.drop', (dropped) =>
        list(dropped).includes('ALL') ? undefined : `capabilities.drop is ${show(dropped)}`,
      ),
    ]),
  ],
};

export const readOnlyRoot: ResourceRule = {
  ...common,
  id: 'k8s-read-only-root',
  title: "A container's root file system is read-only",
  why: 'What breaks in cannot leave anything behind, or change the program that runs.',
  mend: 'Set readOnlyRootFilesystem to true, and mount an emptyDir where the program writes.',
  controls: ['Checkov CKV_K8S_22'],
  check: (workload) =>
    eachContainer(workload, { init: true }, (container) => [
      inContainer(container, 'securityContext.readOnlyRootFilesystem', (value) =>
        value === true ? undefined : `readOnlyRootFilesystem is ${show(value)}`,
      ),
    ]),
};

export const seccomp: ResourceRule = {
  ...common,
  id: 'k8s-seccomp',
  title: "A container runs with a seccomp profile: the runtime's own, or one of its node",
  why: 'It closes the system calls that holes in the kernel are reached by.',
  mend: "Set securityContext.seccompProfile.type to 'RuntimeDefault'.",
  controls: ['Checkov CKV_K8S_31', 'CIS Kubernetes 5.7.2'],
  check: (workload) =>
    eachContainer(workload, { init: true }, (container) => [
      inSecurityContext(workload, container, 'seccompProfile.type', (type) =>
        type === 'RuntimeDefault' || type === 'Localhost' ? undefined : `seccompProfile.type is ${show(type)}`,
      ),
    ]),
};

export const serviceAccountToken: StackRule = {
  id: 'k8s-no-api-token',
  title: 'A pod gets no token of the Kubernetes API',
  why: 'An application that does not talk to the API has no use for it; whoever breaks in does.',
  mend: 'Set automountServiceAccountToken to false on the pod, or on its ServiceAccount.',
  severity: 'advisory',
  controls: ['Checkov CKV_K8S_38'],
  scope: 'stack',
  types: workloads,
  check: (stack) =>
    findEach(stack, workloads, (workload): Judgement[] => {
      const path = `${podPath(workload)}spec.automountServiceAccountToken`;
      const own = at(workload.props, path);
      const closed =
        own === undefined || own === null ? closedByAccount(stack, workload) : own === UNKNOWN ? own : own === false;
      return [expect(closed, 'automountServiceAccountToken is left on', path)];
    }),
};

function closedByAccount(stack: Stack, workload: Resource): boolean | Unknown {
  const accounts = stack.ofType('kubernetes:core/v1:ServiceAccount');
  const answers = accounts.map((account) => {
    const used = means(workload, `${podPath(workload)}spec.serviceAccountName`, account);
    if (used === false) return false;
    const mounts = account.props.automountServiceAccountToken;
    if (used === UNKNOWN || mounts === UNKNOWN) return UNKNOWN;
    return mounts === false;
  });
  return either(...answers);
}

export const namespaceLabels: ResourceRule = {
  id: 'k8s-namespace-pod-security',
  title: 'A namespace enforces a pod security standard',
  why: 'Whatever is put into it later, by whomever, is held to the same walls.',
  mend: "Set the label pod-security.kubernetes.io/enforce to 'restricted', or to 'baseline' where a pod cannot do with less.",
  severity: 'mandatory',
  controls: ['CIS Kubernetes 5.2.1'],
  scope: 'resource',
  types: ['kubernetes:core/v1:Namespace'],
  check(namespace) {
    const labels = at(namespace.props, 'metadata.labels');
    const level =
      typeof labels === 'object' && labels !== null && !Array.isArray(labels)
        ? labels['pod-security.kubernetes.io/enforce']
        : labels;
    const enforced = level === UNKNOWN ? UNKNOWN : level === 'restricted' || level === 'baseline';
    return [expect(enforced, `it enforces ${typeof level === 'string' ? show(level) : 'none'}`, 'metadata.labels')];
  },
};

export const notDefault: ResourceRule = {
  ...common,
  id: 'k8s-own-namespace',
  title: 'Nothing runs in the default namespace',
  why: 'No quota, no pod security and no network policy is meant for it, and everybody lands in it by mistake.',
  mend: "Set metadata.namespace to the system's own.",
  controls: ['Checkov CKV_K8S_21', 'CIS Kubernetes 5.7.4'],
  types: [...workloads, 'kubernetes:core/v1:Service', 'kubernetes:core/v1:ConfigMap', 'kubernetes:core/v1:Secret'],
  check: (object) => [
    inspect(object, ['metadata.namespace'], (name) =>
      present(name) && name !== 'default' ? undefined : `its namespace is ${show(name ?? 'default')}`,
    ),
  ],
};

export const podSecurityRules = [
  nonRoot,
  noPrivileges,
  readOnlyRoot,
  seccomp,
  serviceAccountToken,
  namespaceLabels,
  notDefault,
];
