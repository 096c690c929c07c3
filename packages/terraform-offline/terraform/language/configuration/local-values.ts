import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { digest, uuidFrom } from '../functions/hashes';
import type { Block } from './block';

/** What the values are made from. */
interface Local extends Block {
  readonly type: string;
  readonly address: string;
  readonly configuration: { readonly id: string; readonly folder: string };
  uniqueId(length: number): string;
}

type LocalValues = Readonly<Record<string, Readonly<Record<string, (resource: Local) => unknown>>>>;

/** There is no time at which anything was created here; one that stays is as good as another. */
const CREATED = '2020-01-01T00:00:00Z';

const WORDS = {
  first:
    'brave calm clever eager fair gentle happy jolly kind lively merry noble proud quick sunny wise'.split(
      ' ',
    ),
  second:
    'badger bison crane dingo falcon gecko heron ibex lynx marmot otter puffin robin stoat tapir wombat'.split(
      ' ',
    ),
};

/** Values that in Terraform a provider makes up, without an account: here derived from the address, the same at every start. */
const VALUES: LocalValues = {
  null_resource: { id: (resource) => resource.uniqueId(19) },
  'data.null_data_source': { outputs: (source) => source.value('inputs') },
  terraform_data: { id: uuidOf, output: (resource) => resource.value('input') },

  random_bytes: {
    base64: (random) => bytesOf(random, random.number('length')).toString('base64'),
    hex: (random) => bytesOf(random, random.number('length')).toString('hex'),
  },
  random_id: {
    id: (random) => idBytes(random).toString('base64url'),
    b64_std: (random) => random.text('prefix', '') + idBytes(random).toString('base64'),
    b64_url: (random) => random.text('prefix', '') + idBytes(random).toString('base64url'),
    dec: (random) => random.text('prefix', '') + String(BigInt(`0x${idBytes(random).toString('hex')}`)),
    hex: (random) => random.text('prefix', '') + idBytes(random).toString('hex'),
  },
  random_integer: { id: (random) => String(integer(random)), result: integer },
  random_password: { id: () => 'none', result: characters },
  random_pet: { id: petName },
  random_shuffle: { id: () => '-', result: shuffled },
  random_string: { id: characters, result: characters },
  random_uuid: { id: uuidOf, result: uuidOf },

  time_offset: { ...timeParts(offsetTime), id: offsetTime, base_rfc3339: () => CREATED },
  time_rotating: {
    ...timeParts(createdTime),
    id: createdTime,
    rfc3339: () => CREATED,
    rotation_rfc3339: createdTime,
  },
  time_sleep: { id: () => CREATED },
  time_static: { ...timeParts(createdTime), id: createdTime, rfc3339: () => CREATED },

  local_file: {
    ...hashes((file) => file.text('content', '')),
    id: (file) => digest('sha1', file.text('content', ''), 'hex'),
  },
  local_sensitive_file: { id: (file) => digest('sha1', file.text('content', ''), 'hex') },
  'data.local_file': {
    ...hashes(fileContent),
    content: fileContent,
    content_base64: (file) => Buffer.from(fileContent(file)).toString('base64'),
    id: (file) => digest('sha1', fileContent(file), 'hex'),
  },
};

/** Whether resources of the type need no account. */
export function hasLocalValues(type: string): boolean {
  return Object.hasOwn(VALUES, type);
}

/** The value of an attribute that needs no account; undefined when it is none of these. */
export function localValue(resource: Local, attribute: string): unknown {
  return VALUES[resource.type]?.[attribute]?.(resource);
}

/** As many bytes as wanted: hashes of the address, one after the other. */
function bytesOf({ configuration, address }: Local, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`${configuration.id}: ${address} ${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function idBytes(random: Local): Buffer {
  return bytesOf(random, random.number('byte_length'));
}

function uuidOf(resource: Local): string {
  return uuidFrom(bytesOf(resource, 16), 4);
}

function integer(random: Local): number {
  const [least, most] = [random.number('min'), random.number('max')];
  return least + (bytesOf(random, 6).readUIntBE(0, 6) % (most - least + 1));
}

function characters(random: Local): string {
  const wants = (kind: string) => random.optionalText(kind) !== 'false';
  const alphabet = [
    wants('lower') ? 'abcdefghijklmnopqrstuvwxyz' : '',
    wants('upper') ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' : '',
    wants('numeric') && wants('number') ? '0123456789' : '',
    wants('special') ? random.text('override_special', '!@#$%&*()-_=+[]{}<>:?') : '',
  ].join('');
  return [...bytesOf(random, random.number('length'))]
    .map((byte) => alphabet[byte % alphabet.length])
    .join('');
}

function petName(random: Local): string {
  const bytes = bytesOf(random, 32);
  const length = random.number('length', 2);
  const words = Array.from({ length }, (_, i) => {
    const list = i === length - 1 ? WORDS.second : WORDS.first;
    return list[(bytes[i] ?? 0) % list.length];
  });
  const prefix = random.optionalText('prefix');
  return [...(prefix === undefined ? [] : [prefix]), ...words].join(random.text('separator', '-'));
}

function shuffled(random: Local): readonly string[] {
  const input = random.texts('input');
  const hash = (element: string, i: number) => digest('sha256', `${random.address} ${i} ${element}`, 'hex');
  const order = input.map((element, i) => ({ element, rank: hash(element, i) }));
  order.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return order.map(({ element }) => element).slice(0, random.number('result_count', input.length));
}

function createdTime(time: Local): string {
  return time.text('rfc3339');
}

function offsetTime(time: Local): string {
  const base = new Date(time.text('base_rfc3339', CREATED));
  base.setUTCFullYear(base.getUTCFullYear() + time.number('offset_years', 0));
  base.setUTCMonth(base.getUTCMonth() + time.number('offset_months', 0));
  base.setUTCDate(base.getUTCDate() + time.number('offset_days', 0));
  base.setUTCHours(base.getUTCHours() + time.number('offset_hours', 0));
  base.setUTCMinutes(base.getUTCMinutes() + time.number('offset_minutes', 0));
  base.setUTCSeconds(base.getUTCSeconds() + time.number('offset_seconds', 0));
  return base.toISOString().replace('.000Z', 'Z');
}

function timeParts(timeOf: (time: Local) => string) {
  const part = (read: (date: Date) => number) => (time: Local) => read(new Date(timeOf(time)));
  return {
    rfc3339: timeOf,
    unix: part((date) => date.getTime() / 1000),
    year: part((date) => date.getUTCFullYear()),
    month: part((date) => date.getUTCMonth() + 1),
    day: part((date) => date.getUTCDate()),
    hour: part((date) => date.getUTCHours()),
    minute: part((date) => date.getUTCMinutes()),
    second: part((date) => date.getUTCSeconds()),
  };
}

function fileContent(file: Local): string {
  return readFileSync(path.resolve(file.configuration.folder, file.text('filename')), 'utf8');
}

function hashes(contentOf: (file: Local) => string) {
  return {
    content_md5: (file: Local) => digest('md5', contentOf(file), 'hex'),
    content_sha1: (file: Local) => digest('sha1', contentOf(file), 'hex'),
    content_sha256: (file: Local) => digest('sha256', contentOf(file), 'hex'),
    content_base64sha256: (file: Local) => digest('sha256', contentOf(file), 'base64'),
  };
}
