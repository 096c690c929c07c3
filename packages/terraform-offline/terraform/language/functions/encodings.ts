import { gzipSync } from 'node:zlib';
import { parse as parseYaml } from 'yaml';
import { fromPlain, toPlain } from '../values/plain';
import { listOf, objectOf, type Value } from '../values/value';
import { messageOf } from '../../../message-of';
import { jsonText } from './json';
import { fn, type Functions } from './signature';
import { yamlText } from './yaml';

export const encodings: Functions = {
  base64decode: fn(['text'], ([text]) => utf8(fromBase64(text))),
  base64encode: fn(['text'], ([text]) => Buffer.from(text).toString('base64')),
  base64gzip: fn(['text'], ([text]) => gzipSync(text).toString('base64')),
  csvdecode: fn(['text'], ([text]) => readCsv(text)),
  jsondecode: fn(['text'], ([text]) => {
    try {
      return fromPlain(JSON.parse(text));
    } catch (error) {
      throw new Error(`this is no JSON: ${messageOf(error)}`, { cause: error });
    }
  }),
  jsonencode: fn(['any'], ([value]) => jsonText(toPlain(value))),
  textdecodebase64: fn(['text', 'text'], ([text, encoding]) =>
    new TextDecoder(encoding).decode(fromBase64(text)),
  ),
  textencodebase64: fn(['text', 'text'], ([text, encoding]) => encode(text, encoding).toString('base64')),
  // As Go's url.QueryEscape.
  urlencode: fn(['text'], ([text]) =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  ),
  yamldecode: fn(['text'], ([text]) =>
    fromPlain(parseYaml(text, timeAsText, { merge: true, customTags: ['timestamp'] })),
  ),
  yamlencode: fn(['any'], ([value]) => yamlText(toPlain(value))),
};

function timeAsText(_: unknown, value: unknown): unknown {
  return value instanceof Date ? value.toISOString().replace(/\.000Z$/, 'Z') : value;
}

function fromBase64(text: string): Buffer {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new Error('this is no base64');
  return Buffer.from(text, 'base64');
}

function utf8(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) throw new Error('what is decoded is no UTF-8 text');
  return text;
}

const ENCODINGS: Readonly<Record<string, BufferEncoding>> = {
  'UTF-8': 'utf8',
  'UTF-16LE': 'utf16le',
  'ISO-8859-1': 'latin1',
  'US-ASCII': 'ascii',
};

function encode(text: string, encoding: string): Buffer {
  const name = encoding.toUpperCase();
  if (name === 'UTF-16BE') return Buffer.from(text, 'utf16le').swap16();
  const known = ENCODINGS[name];
  if (!known) throw new Error(`${encoding} is no encoding that is written here`);
  return Buffer.from(text, known);
}

/** RFC 4180; the first row names the members. */
function readCsv(text: string): Value {
  const [header = [], ...rows] = csvRows(text);
  return listOf(
    rows.map((row) => {
      if (row.length !== header.length) {
        throw new Error(`a row has ${row.length} fields and the header ${header.length}`);
      }
      return objectOf(header.map((name, i) => [name, row[i] ?? ''] as const));
    }),
  );
}

function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '' && row.length === 0) break;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
    if (end === '') break;
  }
  return rows;
}
