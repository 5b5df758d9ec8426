import * as pulumi from '@pulumi/pulumi';
import * as structproto from 'google-protobuf/google/protobuf/struct_pb';
import * as resproto from '@pulumi/pulumi/proto/resource_pb';
import { MockMonitor } from '@pulumi/pulumi/runtime/mocks';
import { setMockOptions } from '@pulumi/pulumi/runtime/settings';
import { dropLeakTraces } from '../../stacks/leak-traces';
import { completedOf, outputsOf } from './output-shapes';
import { readable } from './readable';
import { secretSignature, signatureKey } from './wire';

/** One resource as the program registered it. */
export interface RecordedResource {
  /** As in Pulumi, e.g. `aws:lb/loadBalancer:LoadBalancer`. */
  type: string;
  name: string;
  /** What the engine will know it by. A test compares these with the last release's: a rename needs an alias. */
  urn: string;
  /** URN of the parent; the stack's own for what hangs on nothing else. */
  parent: string;
  /** Values that only the cloud knows print as `<unknown:resource.property>`, secret ones as `<secret>`. */
  inputs: Record<string, unknown>;
  protect: boolean;
  ignoreChanges: string[];
  /** Inputs of which a change replaces the resource, beside those that the provider itself says. */
  replaceOnChanges: string[];
  /** The rest of what shapes the engine's behaviour, for tests. */
  custom: boolean;
  aliases: string[];
  dependsOn: string[];
  /** By property, the URNs of the resources that its value comes from. */
  propertyDependencies: Record<string, string[]>;
  deleteBeforeReplace: boolean;
  retainOnDelete: boolean;
  /** What is there already and becomes this resource, by the cloud's id; empty for a new one. */
  importId: string;
  /** URN of the provider, or empty for the default one. */
  provider: string;
}

export interface Recording {
  resources: RecordedResource[];
  outputs: Record<string, unknown>;
}

export interface RecordOptions {
  project?: string;
  stack?: string;
  /** Configuration as `pulumi config` would set it: namespaced keys, values as text. */
  config?: Record<string, string>;
  secretKeys?: string[];
  /** Answers to provider functions, by token. A function that is not listed is an error. */
  functions?: Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>;
}

/** What the mock monitor keeps of a resource, to answer for it later. */
interface Registered {
  urn: string;
  id: string;
  state: unknown;
}

type Callback = (error: Error | null, response: unknown) => void;

const stackType = 'pulumi:pulumi:Stack';

/**
 * Runs a Pulumi program with no engine and no provider, and gives back everything it registered. Unlike Pulumi's own
 * mocks it also sees parent, protect, ignoreChanges and aliases. Programs run one after the other, never at the same
 * time: the SDK keeps the monitor in one place.
 *
 * @throws Error for a provider function that nobody answers, a read, and two resources of one name; all in one message
 */
export async function record(program: () => unknown, options: RecordOptions = {}): Promise<Recording> {
  const monitor = new RecordingMonitor(options);
  pulumi.runtime.setAllConfig(options.config ?? {}, options.secretKeys ?? []);
  setMockOptions(monitor, options.project ?? 'stackladder', options.stack ?? 'dev', false, 'organization');
  let failure: { error: unknown } | undefined;
  const restore = dropLeakTraces();
  try {
    await pulumi.runtime.runInPulumiStack(async () => {
      // Runs in this process before a resource is sent, and is the one place that sees which outputs a type has.
      pulumi.runtime.registerStackTransformation((args) => {
        monitor.declare(args.type, args.name, Object.keys(args.props));
        return undefined;
      });
      try {
        return await program();
      } catch (error) {
        // Thrown below: the SDK would throw a copy of it besides, where nobody can catch it.
        failure = { error };
        return {};
      }
    });
    await pulumi.runtime.disconnect();
  } finally {
    restore();
  }
  // A program may stumble over the placeholder that it got after a fault, so the fault is told first.
  if (monitor.faults.length > 0) throw new Error(monitor.faults.join('\n'));
  if (failure) throw failure.error;
  // Resources arrive in the order in which their inputs resolve; sorted, two runs print the same.
  const resources = monitor.recorded.sort((a, b) => (a.urn < b.urn ? -1 : 1));
  return { resources, outputs: monitor.outputs };
}

/**
 * Keeps every registration, and answers with placeholders where the cloud would have made a value. What a plan must not
 * do is kept as a fault and answered too: an error to the SDK loses its message on the way, and ends the process as a
 * rejection that nobody can catch.
 */
class RecordingMonitor extends MockMonitor {
  readonly faults: string[];
  readonly recorded: RecordedResource[] = [];
  outputs: Record<string, unknown> = {};
  private stackUrn = '';
  private readonly declared = new Map<string, string[]>();

  constructor(options: RecordOptions) {
    const faults: string[] = [];
    super({
      call: (args) => {
        const answer = options.functions?.[args.token];
        if (answer) return answer(args.inputs);
        faults.push(`nobody answers the function ${args.token}: a plan must not need one`);
        return {};
      },
      newResource: () => {
        throw new Error('resources are recorded by registerResource');
      },
    });
    this.faults = faults;
  }

  declare(type: string, name: string, properties: string[]): void {
    this.declared.set(`${type}::${name}`, properties);
  }

  override async readResource(req: resproto.ReadResourceRequest, callback: Callback): Promise<void> {
    this.faults.push(`a plan must not read ${req.getType()} ${req.getName()}`);
    const response = new resproto.ReadResourceResponse();
    response.setUrn(urnOf(req.getParent(), req.getType(), req.getName()));
    response.setProperties(req.getProperties());
    callback(null, response);
  }

  override async registerResource(req: resproto.RegisterResourceRequest, callback: Callback): Promise<void> {
    const type: string = req.getType();
    const name: string = req.getName();
    const inputs = (req.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
    const urn = urnOf(req.getParent(), type, name);
    const known = (this as unknown as { resources: Map<string, Registered> }).resources;
    if (known.has(urn)) this.faults.push(`two resources of one name: ${urn}`);
    if (type === stackType) {
      this.stackUrn = urn;
    } else {
      this.recorded.push({
        type,
        name,
        urn,
        parent: req.getParent(),
        inputs: readable(inputs) as Record<string, unknown>,
        protect: Boolean(req.getProtect()),
        ignoreChanges: req.getIgnorechangesList(),
        replaceOnChanges: req.getReplaceonchangesList(),
        custom: req.getCustom(),
        aliases: req.getAliasesList().map((alias) => JSON.stringify(alias.toObject())),
        dependsOn: req.getDependenciesList(),
        propertyDependencies: propertyDependenciesOf(req),
        deleteBeforeReplace: req.getDeletebeforereplace(),
        retainOnDelete: Boolean(req.getRetainondelete()),
        importId: req.getImportid(),
        provider: req.getProvider().split('::').slice(0, 4).join('::'),
      });
    }
    const state: Record<string, unknown> = { ...inputs };
    if (req.getCustom()) {
      Object.assign(state, completedOf(type, name, inputs));
      for (const property of this.declared.get(`${type}::${name}`) ?? []) {
        if (state[property] === undefined) state[property] = outputsOf(type, name, property, inputs);
      }
      // A class and its user may both name one.
      for (const secret of new Set(req.getAdditionalsecretoutputsList())) {
        if (state[secret] !== undefined) state[secret] = { [signatureKey]: secretSignature, value: state[secret] };
      }
    }
    const id = req.getCustom() ? `<unknown:${name}.id>` : '';
    known.set(urn, { urn, id, state });
    const response = new resproto.RegisterResourceResponse();
    response.setUrn(urn);
    response.setId(id);
    response.setObject(structproto.Struct.fromJavaScript(state as Record<string, structproto.JavaScriptValue>));
    callback(null, response);
  }

  override registerResourceOutputs(req: resproto.RegisterResourceOutputsRequest, callback: Callback): void {
    // Taken here, where secrets still carry their mark: the program's own promise has lost it.
    if (req.getUrn() === this.stackUrn)
      this.outputs = readable(req.getOutputs()?.toJavaScript()) as Record<string, unknown>;
    super.registerResourceOutputs(req, callback);
  }
}

function propertyDependenciesOf(req: resproto.RegisterResourceRequest): Record<string, string[]> {
  const entries: [string, string[]][] = [];
  req
    .getPropertydependenciesMap()
    .forEach((dependencies: resproto.RegisterResourceRequest.PropertyDependencies, property: string) => {
      entries.push([property, dependencies.getUrnsList().sort()]);
    });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The engine's rule: a resource's type is qualified by its parents' types, the stack's own left out. */
function urnOf(parent: string, type: string, name: string): string {
  const parentType = parent.split('::')[2] ?? '';
  const qualified = parentType === '' || parentType === stackType ? type : `${parentType}$${type}`;
  return `urn:pulumi:${pulumi.runtime.getStack()}::${pulumi.runtime.getProject()}::${qualified}::${name}`;
}
