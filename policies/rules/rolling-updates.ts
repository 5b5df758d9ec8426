import { inspect, pass, unknown } from '../judge';
import type { ResourceRule, StackRule } from '../rule';
import { findEach, referredBy } from '../stack';
import { at, numeric, present, show, UNKNOWN } from '../values';

const types = ['aws:autoscaling/group:Group'];

export const groupLaunchTemplate: ResourceRule = {
  id: 'group-launch-template',
  title: 'A group uses a launch template at a numbered version',
  why: 'With $Latest the group itself never changes, so no instance refresh starts and old instances stay.',
  mend: "Set launchTemplate.version to the template's latestVersion output, never $Latest or $Default.",
  severity: 'mandatory',
  controls: ['AWS FSBP AutoScaling.9', 'Checkov CKV_AWS_315'],
  scope: 'resource',
  types,
  check: (resource) => [
    inspect(resource, ['launchTemplate', 'mixedInstancesPolicy'], (single, mixed) => {
      const specification = present(mixed) ? at(mixed, 'launchTemplate.launchTemplateSpecification') : single;
      if (specification === UNKNOWN) return UNKNOWN;
      if (!present(specification)) return 'it has no launch template';
      const version = at(specification, 'version');
      if (version === UNKNOWN) return UNKNOWN;
      if (numeric(version) !== undefined) return undefined;
      return `the version of its launch template is ${present(version) ? show(version) : 'left to $Default'}`;
    }),
  ],
};

export const groupInstanceRefresh: ResourceRule = {
  id: 'group-instance-refresh',
  title: 'A group replaces its instances by a rolling refresh that keeps at least 90 % of them healthy',
  why: 'Without it a new template reaches only new instances, or takes too many down at once.',
  mend: "Set instanceRefresh with strategy 'Rolling' and preferences.minHealthyPercentage of 90 or more.",
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types,
  check: (resource) => [
    inspect(resource, ['instanceRefresh'], (refresh) => (present(refresh) ? undefined : 'it has no instanceRefresh')),
    inspect(resource, ['instanceRefresh.preferences.minHealthyPercentage'], (percent) => {
      // 90 is what AWS takes where none is given.
      const healthy = present(percent) ? numeric(percent) : 90;
      if (healthy !== undefined && healthy >= 90) return undefined;
      return `instanceRefresh keeps ${show(percent)} % healthy`;
    }),
  ],
};

export const groupHealthCheck: StackRule = {
  id: 'group-elb-health-check',
  title: "A group behind a target group uses the load balancer's health check",
  why: 'With the EC2 check alone an instance whose application is dead stays in service.',
  mend: "Set healthCheckType to 'ELB' and a healthCheckGracePeriod that covers the start of the application.",
  severity: 'mandatory',
  controls: ['AWS FSBP AutoScaling.1', 'Checkov CKV2_AWS_15'],
  scope: 'stack',
  types,
  check(stack) {
    const attachments = stack.ofType(
      'aws:autoscaling/attachment:Attachment',
      'aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment',
    );
    return findEach(stack, types, (resource) => {
      const inline = ['targetGroupArns', 'loadBalancers', 'trafficSources'].some((property) =>
        present(resource.props[property]),
      );
      const attached = inline || referredBy(attachments, 'autoscalingGroupName', resource);
      if (attached === false) return [pass];
      const check = inspect(resource, ['healthCheckType'], (type) =>
        type === 'ELB' ? undefined : `healthCheckType is ${show(type)} while target groups are attached`,
      );
      return [attached === UNKNOWN && check.state === 'fail' ? unknown('autoscalingGroupName') : check];
    });
  },
};

export const rollingUpdateRules = [groupLaunchTemplate, groupInstanceRefresh, groupHealthCheck];
