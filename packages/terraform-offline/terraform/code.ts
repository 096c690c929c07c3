import { cp, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Block } from './language/configuration/block';
import type { Resource } from './language/configuration/resource';
import { globToRegExp } from './language/functions/files';
import { makeWholeFolder } from './unpacked';
import { unzip } from './unzip';

/**
 * The folder with the code of a function, or the content of a layer version: what Lambda mounts.
 * @param resource an `aws_lambda_function` or `aws_lambda_layer_version`
 * @param into where zips are unpacked, and archives made of parts are laid out
 * @returns an absolute path; the folder that an `archive_file` zips is that folder itself
 * @throws naming what is not there
 */
export async function codeFolder(resource: Resource, into: string): Promise<string> {
  if (resource.value('filename') !== undefined) return zipFolder(resource, 'filename', into);
  if (resource.value('s3_key') !== undefined) return objectFolder(resource, into);
  throw new Error(`${resource.where}: it has no code: neither filename nor s3_bucket and s3_key`);
}

/** What is in the zip that an attribute names. */
async function zipFolder(resource: Resource, attribute: string, into: string): Promise<string> {
  const archive = archiveOf(resource, attribute);
  if (archive) return archiveFolder(archive, into);
  const file = path.resolve(resource.configuration.folder, resource.text(attribute));
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) return file;
  if (found) return unzip(file, into);
  throw missing(
    `${resource.where}.${attribute}: there is no file ${file}, and no archive_file of the configuration makes it: build it first`,
  );
}

/** The `archive_file`, a data source or a resource, that makes the zip. */
function archiveOf(resource: Resource, attribute: string): Resource | undefined {
  const { configuration } = resource;
  const archives = ['data.archive_file', 'archive_file'].flatMap((type) => configuration.all(type));
  const addresses = resource.references(attribute).map(({ address }) => address);
  const referred = archives.find(({ address }) => addresses.includes(address));
  if (referred) return referred;
  const file = path.resolve(configuration.folder, resource.text(attribute));
  return archives.find((archive) => {
    const output = archive.optionalText('output_path');
    return output !== undefined && path.resolve(configuration.folder, output) === file;
  });
}

/** https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file */
async function archiveFolder(archive: Resource, into: string): Promise<string> {
  const { folder } = archive.configuration;
  const directory = archive.optionalText('source_dir');
  const excludes = archive.texts('excludes');
  if (directory !== undefined) {
    const source = path.resolve(folder, directory);
    await mustExist(archive, 'source_dir', source);
    return excludes.length === 0
      ? source
      : makeWholeFolder(into, (target) => copyWithout(source, target, excludes));
  }
  const file = archive.optionalText('source_file');
  if (file !== undefined) {
    const source = path.resolve(folder, file);
    await mustExist(archive, 'source_file', source);
    return makeWholeFolder(into, (target) => cp(source, path.join(target, path.basename(source))));
  }
  const parts = partsOf(archive);
  if (parts.length > 0) return makeWholeFolder(into, (target) => writeParts(parts, target));
  throw new Error(`${archive.where}: it has no source: neither source_dir, source_file nor source blocks`);
}

interface Part {
  readonly filename: string;
  readonly content: string;
}

function partsOf(archive: Resource): readonly Part[] {
  const part = (block: Block, filename: string, content: string) => ({
    filename: block.text(filename),
    content: block.text(content),
  });
  const content = archive.value('source_content');
  return [
    ...(content === undefined ? [] : [part(archive, 'source_content_filename', 'source_content')]),
    ...archive.blocks('source').map((block) => part(block, 'filename', 'content')),
  ];
}

async function writeParts(parts: readonly Part[], folder: string): Promise<void> {
  for (const { filename, content } of parts) {
    const file = path.join(folder, filename);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

async function copyWithout(source: string, target: string, excludes: readonly string[]): Promise<void> {
  const excluded = excludes.map((pattern) => globToRegExp(path.posix.normalize(pattern)));
  await cp(source, target, {
    recursive: true,
    filter: (file) => {
      const inside = path.relative(source, file).split(path.sep).join('/');
      return !excluded.some((pattern) => pattern.test(inside));
    },
  });
}

/** Code that a function takes from a bucket, when the configuration itself puts it there. */
async function objectFolder(resource: Resource, into: string): Promise<string> {
  const [bucket, key] = [resource.text('s3_bucket'), resource.text('s3_key')];
  const objects = ['aws_s3_object', 'aws_s3_bucket_object'].flatMap((type) =>
    resource.configuration.all(type),
  );
  const object = objects.find(
    (candidate) => candidate.optionalText('bucket') === bucket && candidate.optionalText('key') === key,
  );
  if (object?.value('source') !== undefined) return zipFolder(object, 'source', into);
  throw new Error(
    object
      ? `${object.where}: it has no source: code is taken from a file`
      : `${resource.where}.s3_key: no aws_s3_object of the configuration puts ${key} into ${bucket}, and buckets are not served: give the zip as filename`,
  );
}

async function mustExist(archive: Resource, attribute: string, source: string): Promise<void> {
  const found = await stat(source).catch(() => undefined);
  if (!found) throw missing(`${archive.where}.${attribute}: there is no ${source}: build it first`);
}

/** With the code that Node gives a file that is not there, so that whoever waits for a build can tell. */
function missing(message: string): Error {
  return Object.assign(new Error(message), { code: 'ENOENT' });
}
