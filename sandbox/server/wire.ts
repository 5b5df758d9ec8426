import * as structproto from 'google-protobuf/google/protobuf/struct_pb';
import type { Bag } from '../model/values';

type Struct = structproto.Struct;

export function fromStruct(struct: Struct | undefined): Bag {
  return (struct?.toJavaScript() ?? {}) as Bag;
}

export function toStruct(bag: Bag): Struct {
  return structproto.Struct.fromJavaScript(bag as Record<string, structproto.JavaScriptValue>);
}
