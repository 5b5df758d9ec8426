import * as grpc from '@grpc/grpc-js';
import * as emptyproto from 'google-protobuf/google/protobuf/empty_pb';
import * as pluginproto from '@pulumi/pulumi/proto/plugin_pb';
import * as provproto from '@pulumi/pulumi/proto/provider_pb';
import type { Problem } from '../model/errors';
import type { PackageConfig } from '../model/resource-type';
import type { Bag } from '../model/values';
import type { Faults } from '../store/faults';
import { Connections } from './connections';
import { printPath, type Change } from './diff';
import { failure, halfMade } from './failures';
import { Unready, type Operations, type Subject } from './operations';
import { configOf } from './provider';
import { spoil } from './spoil';
import { fromStruct, toStruct } from './wire';

type Call<Request> = grpc.ServerUnaryCall<Request, unknown>;
type Method = grpc.handleUnaryCall<unknown, unknown>;
interface Named {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

/** What only some requests have. */
interface Patient {
  getTimeout(): number;
  getIgnorechangesList(): string[];
}

/** Pulumi's ResourceProvider protocol over the operations of one provider. */
export function serviceOf(provider: Operations, faults: Faults): grpc.UntypedServiceImplementation {
  const connections = new Connections();

  /** A method that answers with what `run` gives, or with its error. */
  const method = <Request>(run: (request: Request, config: PackageConfig, call: Call<Request>) => unknown): Method => {
    return (call, callback) => {
      const typed = call as Call<Request>;
      void (async () => run(typed.request, connections.of(call.getPeer()), typed))().then(
        (answer) => callback(null, answer),
        (error: unknown) => callback(isServiceError(error) ? error : failure(error), null),
      );
    };
  };
  const subject = (request: Named & Partial<Patient>, config: PackageConfig): Subject => {
    const [, , types = '', name = ''] = request.getUrn().split('::');
    const type = request.getType() || (types.split('$').pop() ?? '');
    const seconds = request.getTimeout?.() ?? 0;
    return {
      config,
      urn: request.getUrn(),
      type,
      name: request.getName() || name,
      timeout: seconds > 0 ? seconds : undefined,
      ignored: request.getIgnorechangesList?.(),
    };
  };
  const empty = (): emptyproto.Empty => new emptyproto.Empty();

  return {
    handshake: method(() => {
      const response = new provproto.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),
    attach: method(empty),
    cancel: method(() => {
      provider.cancel?.();
      return empty();
    }),
    getPluginInfo: method(() => new pluginproto.PluginInfo().setVersion(provider.pkg.version)),
    checkConfig: method((request: provproto.CheckRequest) => {
      const news = fromStruct(request.getNews());
      return checked(news, provider.checkConfig(news));
    }),
    diffConfig: method(() => new provproto.DiffResponse().setChanges(provproto.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: method((request: provproto.ConfigureRequest, _config, call) => {
      const args = fromStruct(request.getArgs());
      const problem = provider.checkConfig(args)[0];
      if (problem) throw new Error(problem.reason);
      connections.remember(call.getPeer(), configOf(args));
      const response = new provproto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),
    invoke: method(async (request: provproto.InvokeRequest, config) => {
      const target = { verb: 'invoke', type: request.getTok(), name: '' } as const;
      return spoil(faults, target, async () => {
        const answer = await provider.invoke(config, request.getTok(), fromStruct(request.getArgs()));
        return new provproto.InvokeResponse().setReturn(toStruct(answer));
      });
    }),
    check: method((request: provproto.CheckRequest, config) => {
      const about = subject(request, config);
      return spoil(faults, { verb: 'check', ...about }, async () => {
        const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
        const answer = await provider.check(about, olds, news, request.getRandomseed_asU8());
        return checked(answer.inputs, answer.problems);
      });
    }),
    diff: method((request: provproto.DiffRequest, config) => {
      const about = subject(request, config);
      return spoil(faults, { verb: 'diff', ...about }, async () => {
        const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
        return different(await provider.diff(about, olds, fromStruct(request.getNews())));
      });
    }),
    create: method(async (request: provproto.CreateRequest, config, call) => {
      const about = subject(request, config);
      const inputs = fromStruct(request.getProperties());
      const answer = request.getPreview()
        ? await provider.previewCreate(about, inputs)
        : await spoil(faults, { verb: 'create', ...about }, async () => {
            if (call.cancelled) throw failure(new Error('the run was stopped'), grpc.status.CANCELLED);
            const made = await orUnready(() => provider.create(about, inputs), inputs);
            const fault = faults.take(['half'], { verb: 'create', ...about });
            if (fault)
              throw halfMade(made.id, made.outputs, inputs, fault.message ?? `${about.name} did not become ready`);
            return made;
          });
      return new provproto.CreateResponse().setId(answer.id).setProperties(toStruct(answer.outputs));
    }),
    read: method((request: provproto.ReadRequest, config) => {
      const about = subject(request, config);
      return spoil(faults, { verb: 'read', ...about }, async () => {
        const [outputs, inputs] = [fromStruct(request.getProperties()), fromStruct(request.getInputs())];
        const found = await provider.read(about, request.getId(), outputs, inputs);
        if (!found) return new provproto.ReadResponse();
        const response = new provproto.ReadResponse().setId(found.id);
        return response.setProperties(toStruct(found.outputs)).setInputs(toStruct(found.inputs));
      });
    }),
    update: method(async (request: provproto.UpdateRequest, config) => {
      const about = subject(request, config);
      const outputs = fromStruct(request.getOlds());
      const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
      const news = fromStruct(request.getNews());
      const answer = request.getPreview()
        ? await provider.previewUpdate(about, outputs, olds, news)
        : await spoil(faults, { verb: 'update', ...about }, async () => {
            const updated = await orUnready(() => provider.update(about, request.getId(), outputs, olds, news), news);
            const fault = faults.take(['half'], { verb: 'update', ...about });
            if (fault) throw halfMade(request.getId(), updated, news, fault.message ?? `${about.name} is not stable`);
            return updated;
          });
      return new provproto.UpdateResponse().setProperties(toStruct(answer));
    }),
    delete: method((request: provproto.DeleteRequest, config) => {
      const about = subject(request, config);
      return spoil(faults, { verb: 'delete', ...about }, async () => {
        await provider.remove(about, request.getId(), fromStruct(request.getProperties()));
        return empty();
      });
    }),
  };
}

/** What was made and is not ready is reported as such, so that the next run mends it. */
async function orUnready<T>(run: () => T | Promise<T>, inputs: Bag): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof Unready ? halfMade(error.id, error.outputs, inputs, error.message) : error;
  }
}

function checked(inputs: ReturnType<typeof fromStruct>, problems: Problem[]): provproto.CheckResponse {
  const failures = problems.map(({ property, reason }) => {
    const failed = new provproto.CheckFailure();
    failed.setProperty(property);
    failed.setReason(reason);
    return failed;
  });
  return new provproto.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures);
}

function different(answer: { changes: Change[]; deleteBeforeReplace: boolean }): provproto.DiffResponse {
  const { DiffChanges } = provproto.DiffResponse;
  const { Kind } = provproto.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  const response = new provproto.DiffResponse();
  response.setChanges(answer.changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setDeletebeforereplace(answer.deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  const top = (changes: Change[]) => [...new Set(changes.map(({ path }) => path[0] ?? ''))];
  response.setDiffsList(top(answer.changes));
  response.setReplacesList(top(answer.changes.filter((change) => change.replaces)));
  for (const change of answer.changes) {
    const detail = new provproto.PropertyDiff();
    detail.setKind(kinds[change.kind][change.replaces ? 1 : 0]);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(printPath(change.path), detail);
  }
  return response;
}

function isServiceError(error: unknown): error is grpc.ServiceError {
  return error instanceof Error && 'code' in error && 'metadata' in error;
}
