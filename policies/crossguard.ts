import type {
  PolicyConfigSchema,
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from '@pulumi/policy';
import { environments, phases } from '../plan/vocabulary';
import { Asked, isObject } from './asked';
import { type Context, contextOf } from './context';
import { findingsOf, messageOf, verdictOf } from './evaluate';
import type { Exemption } from './exemptions';
import { normaliseProps } from './normalise';
import type { Resource, Rule } from './rule';
import { stackOf } from './stack';

type Policy = ResourceValidationPolicy | StackValidationPolicy;
/** One pack runs in a process of its own. */
const asked = new Asked();

type Report = (message: string, urn?: string) => void;

/** What may be set for each policy in a policy configuration file; without it the resources' tags say. */
const configSchema: PolicyConfigSchema = {
  properties: {
    environment: { type: 'string', enum: [...environments] },
    phase: { type: 'string', enum: [...phases] },
    system: { type: 'string' },
    regions: { type: 'array', items: { type: 'string' } },
    bounds: {
      type: 'object',
      properties: {
        minInstances: { type: 'integer', minimum: 0 },
        maxInstances: { type: 'integer', minimum: 1 },
        instanceTypes: { type: 'array', items: { type: 'string' } },
        nodeTypes: { type: 'array', items: { type: 'string' } },
      },
      additionalProperties: false,
    },
  },
};

/** One rule as a policy of CrossGuard, by the rule's own id. */
export function policyOf(rule: Rule, exemptions: readonly Exemption[]): Policy {
  const common = {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}. ${rule.why}`,
    enforcementLevel: rule.severity,
    remediationSteps: rule.mend,
    configSchema,
  };
  const judge = (resources: readonly Resource[], configured: Partial<Context>, report: Report) => {
    for (const finding of findingsOf(rule, stackOf(resources), contextOf(resources, configured))) {
      const verdict = verdictOf(rule, finding, exemptions);
      // What is unknown in a preview is known, and judged again, before the resource is created.
      if (verdict.state === 'fail') report(messageOf(verdict), verdict.resource.urn);
    }
  };
  if (rule.scope === 'stack') {
    return {
      ...common,
      ...(rule.types.some(isObject)
        ? { validateResource: (args: ResourceValidationArgs) => asked.remember(args) }
        : {}),
      validateStack: (args, report) => judge(args.resources.map(fromStack), args.getConfig<Partial<Context>>(), report),
    };
  }
  const types = new Set(rule.types);
  const validateResource = (args: ResourceValidationArgs, report: Report) => {
    if (types.has(args.type)) judge([fromInputs(args)], args.getConfig<Partial<Context>>(), report);
  };
  // The mark that the SDK's own typed policies carry: its server then skips other types without unpacking them.
  const mark = rule.types.length === 1 ? { __pulumiType: rule.types[0] } : {};
  return { ...common, validateResource: Object.assign(validateResource, mark) };
}

function fromInputs({ type, name, urn, props, opts }: ResourceValidationArgs): Resource {
  const { protect, ignoreChanges } = opts;
  return { type, name, urn, props: normaliseProps(props), protect, ignoreChanges, references: {} };
}

function fromStack(resource: PolicyResource): Resource {
  const { type, name, urn, props, opts, propertyDependencies, provider } = resource;
  const references = Object.entries(propertyDependencies).map(
    ([property, sources]) => [property, sources.map((source) => source.urn)] as const,
  );
  return {
    type,
    name,
    urn,
    props: asked.of(urn) ?? normaliseProps(props),
    protect: opts.protect,
    ignoreChanges: opts.ignoreChanges,
    references: Object.fromEntries(references),
    ...(provider ? { provider: provider.urn } : {}),
  };
}
