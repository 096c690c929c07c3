/** Fields of what a provider answers to GetSchema: maps from a type's name to its schema. */
const RESOURCES = 2;
const DATA_SOURCES = 3;

/** Before each message of gRPC: a byte that says it is not compressed, and four of its length. */
const PREFIX = 5;

export const EMPTY_REQUEST = Buffer.alloc(PREFIX);

/**
 * The answer of a provider to GetSchema as gRPC carries it, with the schemas of these types alone.
 * https://github.com/hashicorp/terraform/blob/v1.11.4/docs/plugin-protocol/tfplugin5.8.proto,
 * https://protobuf.dev/programming-guides/encoding/
 */
export function ofTypes(types: ReadonlySet<string>, answer: Buffer): Buffer {
  const kept = fieldsOf(answer.subarray(PREFIX)).filter(({ number, contents }) => {
    if (number !== RESOURCES && number !== DATA_SOURCES) return true;
    const [name] = fieldsOf(contents);
    return types.has(name!.contents.toString());
  });
  const message = Buffer.concat(kept.map(({ whole }) => whole));
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

interface Field {
  readonly number: number;
  readonly contents: Buffer;
  /** With its tag and its length. */
  readonly whole: Buffer;
}

/** Of a message that has no other fields than messages and strings. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < message.length;) {
    const tag = varint(message, at);
    const length = varint(message, tag.end);
    const end = length.end + length.value;
    fields.push({
      number: tag.value >> 3,
      contents: message.subarray(length.end, end),
      whole: message.subarray(at, end),
    });
    at = end;
  }
  return fields;
}

function varint(bytes: Buffer, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, end: at + 1 };
  }
}
