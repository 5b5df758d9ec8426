import * as grpc from '@grpc/grpc-js';
import * as services from '@pulumi/pulumi/proto/provider_grpc_pb';
import * as provproto from '@pulumi/pulumi/proto/provider_pb';
import * as statusproto from '@pulumi/pulumi/proto/status_pb';
import { fromStruct, toStruct } from '../../sandbox/server/wire';
import type { Bag } from '../../sandbox/model/values';

/** Speaks to a provider as the engine does, over a connection of its own. */
export class EngineClient {
  private readonly client: services.ResourceProviderClient;

  constructor(port: number) {
    // Without this two clients of one address would share a connection; the engine opens one for each provider.
    const options = { 'grpc.use_local_subchannel_pool': 1 };
    this.client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
  }

  close(): void {
    this.client.close();
  }

  call<Response>(method: keyof services.ResourceProviderClient, request: unknown): Promise<Response> {
    return new Promise((resolve, reject) => {
      const run = this.client[method] as (
        request: unknown,
        callback: (error: unknown, answer: Response) => void,
      ) => void;
      run.call(this.client, request, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  }

  async configure(config: Bag): Promise<provproto.ConfigureResponse> {
    return this.call('configure', new provproto.ConfigureRequest().setArgs(toStruct(config)));
  }

  async check(type: string, name: string, inputs: Bag): Promise<{ inputs: Bag; failures: string[] }> {
    const request = new provproto.CheckRequest().setUrn(urn(type, name)).setNews(toStruct(inputs));
    const response = await this.call<provproto.CheckResponse>('check', request);
    return {
      inputs: fromStruct(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.getReason()),
    };
  }

  async create(type: string, name: string, inputs: Bag, preview = false): Promise<{ id: string; outputs: Bag }> {
    const request = new provproto.CreateRequest().setUrn(urn(type, name)).setProperties(toStruct(inputs));
    const response = await this.call<provproto.CreateResponse>('create', request.setPreview(preview));
    return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
  }

  async diff(type: string, name: string, olds: Bag, news: Bag): Promise<provproto.DiffResponse> {
    const request = new provproto.DiffRequest().setUrn(urn(type, name)).setOldInputs(toStruct(olds));
    return this.call('diff', request.setNews(toStruct(news)));
  }
}

const urn = (type: string, name: string): string => `urn:pulumi:dev::test::stackladder:aws:Part$${type}::${name}`;

/** What the engine reads out of an error about a resource that exists and does not work. */
export function initFailure(error: unknown): { id: string; outputs: Bag; reasons: string[] } | undefined {
  const packed = (error as grpc.ServiceError).metadata.get('grpc-status-details-bin')[0];
  if (packed === undefined) return undefined;
  const status = statusproto.Status.deserializeBinary(packed as Buffer);
  const detail = status
    .getDetailsList()
    .map((any) => any.unpack(provproto.ErrorResourceInitFailed.deserializeBinary, 'pulumirpc.ErrorResourceInitFailed'))
    .find((found) => found !== null);
  if (!detail) return undefined;
  return { id: detail.getId(), outputs: fromStruct(detail.getProperties()), reasons: detail.getReasonsList() };
}
