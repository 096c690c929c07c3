import { isIP } from 'node:net';
import { listOf } from '../values/value';
import { fn, variadic, type Functions } from './signature';

/** https://developer.hashicorp.com/terraform/language/functions/cidrsubnet and its neighbours */
export const addresses: Functions = {
  cidrhost: fn(['text', 'number'], ([prefix, host]) => {
    const { network, length, bits } = parsePrefix(prefix);
    const size = 1n << BigInt(bits - length);
    const number = host < 0 ? size + BigInt(host) : BigInt(host);
    if (number < 0n || number >= size) throw new Error(`${prefix} has no host ${host}`);
    return formatAddress(network + number, bits);
  }),
  cidrnetmask: fn(['text'], ([prefix]) => {
    const { length, bits } = parsePrefix(prefix);
    if (bits !== 32) throw new Error('IPv6 has no netmasks');
    return formatAddress(mask(length, bits), bits);
  }),
  cidrsubnet: fn(['text', 'number', 'number'], ([prefix, newBits, number]) => {
    const { network, length, bits } = parsePrefix(prefix);
    const longer = length + newBits;
    if (longer > bits) throw new Error(`${prefix} cannot be extended by ${newBits} bits`);
    if (number < 0 || BigInt(number) >= 1n << BigInt(newBits)) {
      throw new Error(`${newBits} bits have no network ${number}`);
    }
    return `${formatAddress(network + (BigInt(number) << BigInt(bits - longer)), bits)}/${longer}`;
  }),
  cidrsubnets: variadic(['text'], 'number', ([prefix], allBits) => {
    const { network, length, bits } = parsePrefix(prefix);
    let next = network;
    return listOf(
      allBits.map((newBits) => {
        const size = 1n << BigInt(bits - length - newBits);
        const start = ((next + size - 1n) / size) * size;
        next = start + size;
        if (next > network + (1n << BigInt(bits - length))) throw new Error(`${prefix} has no room for all`);
        return `${formatAddress(start, bits)}/${length + newBits}`;
      }),
    );
  }),
};

interface Prefix {
  readonly network: bigint;
  readonly length: number;
  /** Of an address: 32 or 128. */
  readonly bits: number;
}

function parsePrefix(text: string): Prefix {
  const [address = '', length] = text.split('/');
  const version = isIP(address);
  const bits = version === 6 ? 128 : 32;
  if (version === 0 || length === undefined || !/^\d+$/.test(length) || Number(length) > bits) {
    throw new Error(`${JSON.stringify(text)} is no prefix such as 10.0.0.0/16`);
  }
  const number = version === 6 ? parseSix(address) : fold(address.split('.').map(Number), 8n);
  return { network: number & mask(Number(length), bits), length: Number(length), bits };
}

function mask(length: number, bits: number): bigint {
  return ((1n << BigInt(length)) - 1n) << BigInt(bits - length);
}

function fold(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((number, part) => (number << width) | BigInt(part), 0n);
}

function parseSix(address: string): bigint {
  const four = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const [a = 0, b = 0, c = 0, d = 0] = four?.slice(1).map(Number) ?? [];
  const hex = four
    ? address.slice(0, four.index) + [(a << 8) | b, (c << 8) | d].map((part) => part.toString(16)).join(':')
    : address;
  const [head = '', tail] = hex.split('::');
  const [left, right] = [head, tail ?? ''].map((half) => half.split(':').filter((part) => part !== ''));
  const groups = [
    ...(left ?? []),
    ...Array<string>(8 - (left?.length ?? 0) - (right?.length ?? 0)).fill('0'),
    ...(right ?? []),
  ];
  return fold(
    groups.map((group) => parseInt(group, 16)),
    16n,
  );
}

/** IPv6 as RFC 5952 has it: the longest run of two or more zeros is `::`. */
function formatAddress(address: bigint, bits: number): string {
  const width = bits === 32 ? 8 : 16;
  const groups = Array.from({ length: bits / width }, (_, i) =>
    Number((address >> BigInt(bits - (i + 1) * width)) & ((1n << BigInt(width)) - 1n)),
  );
  if (bits === 32) return groups.join('.');
  const text = groups.map((group) => group.toString(16)).join(':');
  const [longest] = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)].sort(
    (a, b) => b[0].length - a[0].length,
  );
  if (!longest) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
