import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setOf } from '../values/type';
import { digest } from './hashes';
import { fn, type Functions, type TerraformFunction } from './signature';

export const files: Functions = {
  abspath: fn(['text'], ([file], { folder }) => path.resolve(folder, file)),
  basename: fn(['text'], ([file]) => path.posix.basename(file) || (file === '' ? '.' : '/')),
  dirname: fn(['text'], ([file]) => path.posix.normalize(path.posix.dirname(file))),
  file: fn(['text'], ([file], { folder }) => readText(folder, file)),
  filebase64: fn(['text'], ([file], { folder }) => readBytes(folder, file).toString('base64')),
  filebase64sha256: hashOfFile('sha256', 'base64'),
  filebase64sha512: hashOfFile('sha512', 'base64'),
  fileexists: fn(['text'], ([file], { folder }) => {
    const found = statSync(path.resolve(folder, expandHome(file)), { throwIfNoEntry: false });
    if (found && !found.isFile()) throw new Error(`${file} is no file`);
    return found !== undefined;
  }),
  filemd5: hashOfFile('md5', 'hex'),
  fileset: fn(['text', 'text'], ([base, pattern], { folder }) => {
    const matches = globToRegExp(path.posix.normalize(pattern));
    return setOf(filesBelow(path.resolve(folder, expandHome(base))).filter((file) => matches.test(file)));
  }),
  filesha1: hashOfFile('sha1', 'hex'),
  filesha256: hashOfFile('sha256', 'hex'),
  filesha512: hashOfFile('sha512', 'hex'),
  pathexpand: fn(['text'], ([file]) => expandHome(file)),
  templatefile: fn(['text', 'map'], ([file, names], context) =>
    context.evaluateTemplate(readText(context.folder, file), names),
  ),
  templatestring: fn(['text', 'map'], ([template, names], context) =>
    context.evaluateTemplate(template, names),
  ),
};

function hashOfFile(algorithm: string, encoding: 'hex' | 'base64'): TerraformFunction {
  return fn(['text'], ([file], { folder }) => digest(algorithm, readBytes(folder, file), encoding));
}

function readBytes(folder: string, file: string): Buffer {
  const absolute = path.resolve(folder, expandHome(file));
  if (!existsSync(absolute)) throw new Error(`there is no file ${absolute}`);
  return readFileSync(absolute);
}

function readText(folder: string, file: string): string {
  const bytes = readBytes(folder, file);
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return text;
  throw new Error(`${file} is no UTF-8 text: use filebase64`);
}

function expandHome(file: string): string {
  return file === '~' || file.startsWith('~/') ? path.join(os.homedir(), file.slice(1)) : file;
}

function filesBelow(folder: string, prefix = ''): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inner = path.join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && statSync(inner).isDirectory());
    return isFolder ? filesBelow(inner, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`];
  });
}

/** https://developer.hashicorp.com/terraform/language/functions/fileset */
export function globToRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\{[^}]*\}|\[[^\]]*\]|[.+^$()|\\]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.startsWith('{')) {
      const choices = token.slice(1, -1).split(',');
      return `(?:${choices.map((choice) => globToRegExp(choice).source.slice(1, -1)).join('|')})`;
    }
    return token.startsWith('[') ? token.replace(/^\[!/, '[^') : `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}
