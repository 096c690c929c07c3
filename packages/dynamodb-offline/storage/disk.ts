import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { levelStore, type Store } from './store';

/** Written first of all into a new folder: tells whose it is, and how its keys are made. */
const FORMAT_KEY = Buffer.from('format');
const FORMAT = 'dynamodb-offline 1';

/** A folder that cannot be used; the message says why, and what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/**
 * Opens a folder, and makes it when it is missing.
 * @param warn is told when data was lost since the last time
 * @throws DataFolderError when another process has it, another program wrote it, or the system does not let it be used
 */
export async function openOnDisk(folder: string, warn: (line: string) => void): Promise<Store> {
  const isNew = await isEmpty(folder);
  const level = new ClassicLevel<Buffer, Buffer>(folder, { keyEncoding: 'buffer', valueEncoding: 'buffer' });
  try {
    await level.open();
  } catch (error) {
    throw explain(folder, error);
  }
  try {
    if (isNew) await level.put(FORMAT_KEY, Buffer.from(FORMAT));
    const format = (await level.get(FORMAT_KEY))?.toString();
    if (format !== FORMAT) throw ofAnotherProgram(folder, format);
  } catch (error) {
    await level.close();
    throw error;
  }
  for (const line of await losses(folder)) warn(line);
  return levelStore(level);
}

/** Opening would write into a folder that is another program's. */
async function isEmpty(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw explain(folder, error);
  });
  if (names.length > 0 && !names.includes('CURRENT')) {
    throw new DataFolderError(
      `the data folder ${folder} holds other files (${names.slice(0, 3).join(', ')}), which are left alone: choose an empty or a new folder`,
    );
  }
  return names.length === 0;
}

function explain(folder: string, error: unknown): DataFolderError {
  const cause = (error instanceof Error && error.cause) ?? error;
  const { code, message } = cause as NodeJS.ErrnoException;
  return new DataFolderError(
    code === 'LEVEL_LOCKED'
      ? `the data folder ${folder} is in use by another process: stop it, or choose another folder`
      : `the data folder ${folder} cannot be opened: ${message}`,
    { cause: error },
  );
}

function ofAnotherProgram(folder: string, format: string | undefined): DataFolderError {
  return new DataFolderError(
    format === undefined
      ? `the data folder ${folder} was written by another program, such as dynalite, and is left as it is: choose another folder, or move this one away to begin anew`
      : `the data folder ${folder} has the format "${format}", this version reads "${FORMAT}": choose another folder, or the version that wrote it`,
  );
}

/**
 * LevelDB drops what it cannot read of its log, and says so in its own log alone:
 * `(ignoring error) …/000004.log: dropping 31781 bytes; Corruption: checksum mismatch`.
 * https://github.com/google/leveldb/blob/main/db/db_impl.cc, RecoverLogFile
 */
async function losses(folder: string): Promise<string[]> {
  const log = await readFile(path.join(folder, 'LOG'), 'utf8').catch(() => '');
  return Array.from(
    log.matchAll(/([^/\\\s]+\.log): dropping (\d+) bytes; (.*)/g),
    ([, file, bytes, reason]) =>
      `the data folder ${folder} was damaged: ${bytes} bytes of the newest writes in ${file} could not be read and are lost (${reason}); restore the folder from a copy if you need them`,
  );
}
