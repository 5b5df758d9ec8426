import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { EksContext } from './arguments';

/** Who may take a role on: a service of AWS, or pods by way of EKS Pod Identity. */
function trust(service: string, actions: string[], condition?: object): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: actions, Condition: condition }],
  });
}

/** A role with policies of AWS's own, for the control plane or the nodes. */
export function serviceRole(
  { name, tags, parent }: EksContext,
  part: string,
  { service, description, policies }: { service: string; description: string; policies: string[] },
): { role: aws.iam.Role; attachments: aws.iam.RolePolicyAttachment[] } {
  const role = new aws.iam.Role(
    nameOf('aws:iam/role', name, part),
    { description, assumeRolePolicy: trust(service, ['sts:AssumeRole']), tags },
    { parent },
  );
  return { role, attachments: policies.map((policy) => attach(name, part, role, policy, parent)) };
}

/**
 * A role that pods take on, without a key anywhere. Only pods of this cluster, namespace and account can: the session's
 * tags say which they are, and the role asks for them.
 */
export function podRole(
  { name, tags, parent }: EksContext,
  part: string,
  args: {
    description: string;
    /** The cluster's name on AWS. */
    clusterName: string;
    account: { namespace: string; serviceAccount: string };
    /** Name of AWS's own policy. */
    managedPolicy?: string;
    /** A policy of our own. */
    policy?: pulumi.Input<string>;
  },
): { role: aws.iam.Role; policies: pulumi.Resource[] } {
  const { namespace, serviceAccount } = args.account;
  const condition = {
    StringEquals: {
      'aws:RequestTag/eks-cluster-name': args.clusterName,
      'aws:RequestTag/kubernetes-namespace': namespace,
      'aws:RequestTag/kubernetes-service-account': serviceAccount,
    },
  };
  const role = new aws.iam.Role(
    nameOf('aws:iam/role', name, part),
    {
      description: args.description,
      assumeRolePolicy: trust('pods.eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession'], condition),
      tags,
    },
    { parent },
  );
  const policies: pulumi.Resource[] = [];
  if (args.managedPolicy) policies.push(attach(name, part, role, args.managedPolicy, parent));
  if (args.policy) policies.push(ownPolicy(name, part, role, args.policy, parent));
  return { role, policies };
}

/** A role's own policy. */
export function ownPolicy(
  name: string,
  part: string,
  role: aws.iam.Role,
  policy: pulumi.Input<string>,
  parent: pulumi.Resource,
): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(nameOf('aws:iam/policy', name, part), { role: role.name, policy }, { parent });
}

/** Lets the pods of a service account take a role on. They get it when they start. */
export function bindPods(
  { name, region, tags, parent }: EksContext,
  part: string,
  args: {
    clusterName: pulumi.Input<string>;
    role: aws.iam.Role;
    account: { namespace: string; serviceAccount: string };
  },
): aws.eks.PodIdentityAssociation {
  return new aws.eks.PodIdentityAssociation(
    nameOf('aws:eks', name, part),
    { region, clusterName: args.clusterName, ...args.account, roleArn: args.role.arn, tags },
    { parent },
  );
}

function attach(
  name: string,
  part: string,
  role: aws.iam.Role,
  policy: string,
  parent: pulumi.Resource,
): aws.iam.RolePolicyAttachment {
  return new aws.iam.RolePolicyAttachment(
    nameOf('aws:iam/policy', name, part, policy.split('/').pop()!),
    { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
    { parent },
  );
}
