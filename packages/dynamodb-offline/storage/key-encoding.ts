import { crc32 } from 'node:zlib';
import type { AttributeValue } from '../attribute-value';
import { decimalOf } from '../evaluation/number';

export type KeyType = 'S' | 'N' | 'B';

/** The three types of key attributes. */
export type KeyValue = Extract<AttributeValue, { S: string } | { N: string } | { B: string }>;

const TERMINATOR = Buffer.from([0, 0]);

/** The greatest exponent of ten of a number is 125, the least -130: with this added, one byte holds them. */
const EXPONENT_BIAS = 130;

/**
 * Bytes that compare as DynamoDB compares the values: strings by their UTF-8 bytes, numbers by value, binary by unsigned
 * bytes. No encoding begins another one of the same type, so that parts can follow each other in a key.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
export function encodeKeyValue(value: KeyValue): Buffer {
  if ('N' in value) return encodeNumber(value.N);
  return Buffer.concat([encodeKeyPrefix(value), TERMINATOR]);
}

/** What the encodings of all strings, or binaries, begin with that begin with this one. */
export function encodeKeyPrefix(value: KeyValue): Buffer {
  if ('N' in value) return encodeNumber(value.N);
  const bytes = 'S' in value ? Buffer.from(value.S) : Buffer.from(value.B, 'base64');
  return bytes.includes(0) ? escapeZeros(bytes) : bytes;
}

/** Spreads items by their partition key, as DynamoDB does over partitions; a Scan goes by it, and segments divide it. */
export function partitionOf(hashKey: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(mix(crc32(hashKey)));
  return bytes;
}

/**
 * CRC-32 alone gives texts that differ in their last digit the same first bits: one segment of a scan would have them all.
 * MurmurHash3's last step. https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp (fmix32)
 */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** 0 0 ends a value, so that "a" comes before "a\0"; a zero within one is 0 255. */
function escapeZeros(bytes: Buffer): Buffer {
  const escaped: number[] = [];
  for (const byte of bytes) {
    escaped.push(byte);
    if (byte === 0) escaped.push(0xff);
  }
  return Buffer.from(escaped);
}

/**
 * The key values that these bytes begin with, and where they end.
 * @param types `['S', 'N']`
 */
export function decodeKeyValues(
  bytes: Buffer,
  types: readonly KeyType[],
): { readonly values: readonly KeyValue[]; readonly end: number } {
  let at = 0;
  const values = types.map((type): KeyValue => {
    if (type === 'N') {
      const { value, end } = decodeNumber(bytes, at);
      at = end;
      return { N: value };
    }
    const unescaped: number[] = [];
    for (; bytes[at] !== 0 || bytes[at + 1] !== 0; at += bytes[at] === 0 ? 2 : 1) unescaped.push(bytes[at]!);
    at += TERMINATOR.length;
    const value = Buffer.from(unescaped);
    return type === 'S' ? { S: value.toString() } : { B: value.toString('base64') };
  });
  return { values, end: at };
}

/**
 * A byte for the sign, one for the exponent, one (1 to 100) for two digits each, and a zero; of negative numbers
 * everything after the sign is inverted.
 */
function encodeNumber(text: string): Buffer {
  const { negative, digits, exponent } = decimalOf(text)!;
  if (digits === '') return Buffer.from([1]);
  const pairs = Math.ceil(digits.length / 2);
  const bytes = Buffer.allocUnsafe(pairs + 3);
  bytes[0] = negative ? 0 : 2;
  bytes[1] = exponent + EXPONENT_BIAS;
  for (let i = 0; i < pairs; i++) bytes[i + 2] = Number(digits.slice(i * 2, i * 2 + 2).padEnd(2, '0')) + 1;
  bytes[pairs + 2] = 0;
  if (negative) for (let i = 1; i < bytes.length; i++) bytes[i] = 255 - bytes[i]!;
  return bytes;
}

function decodeNumber(bytes: Buffer, start: number): { value: string; end: number } {
  if (bytes[start] === 1) return { value: '0', end: start + 1 };
  const negative = bytes[start] === 0;
  const at = (index: number) => (negative ? 255 - bytes[index]! : bytes[index]!);
  let digits = '';
  let end = start + 2;
  for (; at(end) !== 0; end++) digits += String(at(end) - 1).padStart(2, '0');
  const exponent = at(start + 1) - EXPONENT_BIAS;
  return { value: `${negative ? '-' : ''}${digits}E${exponent - digits.length + 1}`, end: end + 1 };
}
