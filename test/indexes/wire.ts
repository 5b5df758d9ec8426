import { BSON } from 'mongodb';

/** Bytes before the first section of a message: its header, and 32 flags. */
const HEADER = 16;
const BODY = HEADER + 4;
const OP_MSG = 2013;
/** Section kind 0: one document, the command or the reply. */
const ONE_DOCUMENT = 0;

/** One message of MongoDB's wire protocol. */
export interface Message {
  bytes: Buffer;
  id: number;
  /** Id of the request that this one answers; 0 in a request. */
  answers: number;
  /**
   * The command or the reply, numbers in the type that they were sent in. Undefined where it is not all that the message
   * has: another kind of message, documents beside the command, a checksum.
   */
  body?: BSON.Document;
}

/** Cuts a stream of bytes into messages, whatever the pieces in which it arrives. */
export class MessageReader {
  private rest: Buffer = Buffer.alloc(0);

  read(piece: Buffer): Message[] {
    this.rest = Buffer.concat([this.rest, piece]);
    const messages: Message[] = [];
    while (this.rest.length >= HEADER && this.rest.length >= this.rest.readInt32LE(0)) {
      const length = this.rest.readInt32LE(0);
      messages.push(parse(this.rest.subarray(0, length)));
      this.rest = this.rest.subarray(length);
    }
    return messages;
  }
}

function parse(bytes: Buffer): Message {
  const message = { bytes, id: bytes.readInt32LE(4), answers: bytes.readInt32LE(8) };
  if (bytes.readInt32LE(12) !== OP_MSG || bytes[BODY] !== ONE_DOCUMENT) return message;
  const document = bytes.subarray(BODY + 1, BODY + 1 + bytes.readInt32LE(BODY + 1));
  if (BODY + 1 + document.length < bytes.length) return message;
  return { ...message, body: BSON.deserialize(document, { promoteValues: false }) };
}

/** The same message with another body. */
export function withBody({ bytes }: Message, body: BSON.Document): Buffer {
  const document = Buffer.from(BSON.serialize(body));
  const changed = Buffer.concat([bytes.subarray(0, BODY), Buffer.from([ONE_DOCUMENT]), document]);
  changed.writeInt32LE(changed.length, 0);
  return changed;
}
