import { streamKey } from '../storage/keyspace';

const LENGTH = 8;

/** Numbers of stream records rise with the time of the write, which they are made from: nanoseconds since 1970. */
export function sequenceAt(milliseconds: number): bigint {
  return BigInt(milliseconds) * 1_000_000n;
}

/** As the API tells it: more than twenty digits, all of the same length. */
export function sequenceNumber(sequence: bigint): string {
  return `1${sequence.toString().padStart(20, '0')}`;
}

/** @returns undefined for what is no sequence number */
export function parseSequenceNumber(text: string): bigint | undefined {
  return /^1\d{20}$/.test(text) ? BigInt(text.slice(1)) : undefined;
}

/** The place of a record in its stream. */
export function recordKey(streamId: number, sequence: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(LENGTH);
  bytes.writeBigUInt64BE(sequence);
  return Buffer.concat([streamKey(streamId), bytes]);
}

export function sequenceIn(key: Buffer): bigint {
  return key.readBigUInt64BE(key.length - LENGTH);
}
