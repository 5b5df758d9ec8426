import * as grpc from '@grpc/grpc-js';
import * as anyproto from 'google-protobuf/google/protobuf/any_pb';
import * as provproto from '@pulumi/pulumi/proto/provider_pb';
import * as statusproto from '@pulumi/pulumi/proto/status_pb';
import type { Bag } from '../model/values';
import { toStruct } from './wire';

/** Tells the engine that a call failed, in the cloud's words. */
export function failure(error: unknown, code = grpc.status.UNKNOWN): grpc.ServiceError {
  const message = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(message), { code, details: message, metadata: new grpc.Metadata() });
}

/** Tells the engine that the resource is there and does not work, so that it is recorded and mended by the next run. */
export function halfMade(id: string, outputs: Bag, inputs: Bag, reason: string): grpc.ServiceError {
  const detail = new provproto.ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(toStruct(outputs));
  detail.setInputs(toStruct(inputs));
  detail.setReasonsList([reason]);
  const packed = new anyproto.Any();
  packed.pack(detail.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed');
  const status = new statusproto.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(reason);
  status.addDetails(packed);
  const error = failure(new Error(reason));
  error.metadata.set('grpc-status-details-bin', Buffer.from(status.serializeBinary()));
  return error;
}
