import { expect, inspect } from '../../judge';
import { podLabels, selects, together, workloads } from '../../kubernetes/objects';
import { tagsOf } from '../../context';
import type { Resource, ResourceRule, StackRule } from '../../rule';
import { either, findEach } from '../../stack';
import { at, show, type Unknown } from '../../values';

const policy = 'kubernetes:networking.k8s.io/v1:NetworkPolicy';

export const networkPolicy: StackRule = {
  id: 'k8s-network-policy',
  title: 'Every pod is selected by a NetworkPolicy',
  why: 'One that no policy selects may be reached by every pod of the cluster, and may reach the internet.',
  mend: 'Add a NetworkPolicy of the namespace whose podSelector takes the pod; an empty selector takes all.',
  severity: 'mandatory',
  controls: ['Checkov CKV2_K8S_6', 'kube-score pod-networkpolicy', 'CIS Kubernetes 5.3.2'],
  scope: 'stack',
  types: workloads,
  check: (stack) =>
    findEach(stack, workloads, (workload) => [
      expect(
        either(...stack.ofType(policy).map((each) => guards(each, workload))),
        'no NetworkPolicy selects its pods',
        'spec.template.metadata.labels',
      ),
    ]),
};

function guards(each: Resource, workload: Resource): boolean | Unknown {
  const here = together(each, workload);
  if (here === false) return false;
  const taken = selects(at(each.props, 'spec.podSelector'), podLabels(workload));
  return taken === true ? here : taken;
}

export const serviceType: ResourceRule = {
  id: 'k8s-service-type',
  title: 'No Service opens a port of the nodes, and only the edge has a load balancer',
  why: 'Everything else is reached through the edge, where there are TLS, limits and logs.',
  mend: "Use type ClusterIP; the edge's Service carries the label app.kubernetes.io/name (or component): edge.",
  severity: 'mandatory',
  controls: ['kube-score service-type', 'kyverno restrict-node-port'],
  scope: 'resource',
  types: ['kubernetes:core/v1:Service'],
  check: (service) => [
    inspect(service, ['spec.type'], (type) => {
      if (type === 'NodePort') return 'its type is "NodePort"';
      if (type !== 'LoadBalancer') return undefined;
      return isEdge(service) ? undefined : `its type is ${show(type)}, and it is not the edge`;
    }),
  ],
};

function isEdge(service: Resource): boolean {
  const labels = tagsOf(service) ?? {};
  return [labels.Service, labels['app.kubernetes.io/component']].some(
    (word) => word !== undefined && /(^|-)edge$/.test(word),
  );
}

export const exposureRules = [networkPolicy, serviceType];
