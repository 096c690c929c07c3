import { mkdir, readFile, readdir, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { DataFolderError } from './data-folder-error';
import { levelStore, type Store } from './store';

/** The file that tells whose the folder is, and how its keys are made. LevelDB leaves it alone. */
const FORMAT_FILE = 'FORMAT';
const FORMAT = 'dynamodb-offline 1';

export interface DiskOptions {
  /** Told when data was lost since the last time. */
  readonly warn: (line: string) => void;
  /** Lets LevelDB give up what it cannot read. */
  readonly repair?: boolean;
}

/** Room that LevelDB needs to begin anew after a failure: its log and what it makes of it, in bytes. */
const ROOM_TO_REOPEN = 10 * 1024 * 1024;

/**
 * Opens a folder, and makes it when it is missing.
 * @throws DataFolderError when another process has it, another program wrote it, or the system does not let it be used
 */
export async function openOnDisk(folder: string, { warn, repair = false }: DiskOptions): Promise<Store> {
  await claim(folder);
  try {
    if (repair) await ClassicLevel.repair(folder);
    const level = new ClassicLevel<Buffer, Buffer>(folder, {
      keyEncoding: 'buffer',
      valueEncoding: 'buffer',
    });
    await level.open();
    for (const line of await losses(folder)) warn(line);
    return survivingFailures(levelStore(level), level, folder);
  } catch (error) {
    throw explain(folder, error);
  }
}

/**
 * A write that fails, on a full disk for one, may leave a part of it in LevelDB's log, and what came behind that would be
 * lost when the log is read again: so a new log is begun before the next write, once there is room. Reads go on.
 * https://github.com/google/leveldb/blob/main/doc/log_format.md
 */
function survivingFailures(store: Store, level: ClassicLevel<Buffer, Buffer>, folder: string): Store {
  let failed = false;
  const reopen = async () => {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < ROOM_TO_REOPEN) {
      throw new Error(`the disk of ${folder} is full: make room and try again; reads go on`);
    }
    await level.close();
    await level.open();
    failed = false;
  };
  return {
    ...store,
    async write(changes) {
      if (failed) await reopen();
      try {
        await store.write(changes);
      } catch (error) {
        failed = true;
        throw error;
      }
    },
  };
}

/** LevelDB would write into whatever folder it is given, so it is looked at before. */
async function claim(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder);
    if (names.length === 0) return await writeFile(path.join(folder, FORMAT_FILE), `${FORMAT}\n`);
    if (!names.includes(FORMAT_FILE)) throw ofAnotherProgram(folder, names);
    const format = (await readFile(path.join(folder, FORMAT_FILE), 'utf8')).trim();
    if (format !== FORMAT) {
      throw new DataFolderError(
        `the data folder ${folder} has the format "${format}", this version reads "${FORMAT}": choose another folder, or the version that wrote it`,
      );
    }
  } catch (error) {
    throw error instanceof DataFolderError ? error : explain(folder, error);
  }
}

function explain(folder: string, error: unknown): DataFolderError {
  const cause = (error instanceof Error && error.cause) ?? error;
  const { code, message } = cause as NodeJS.ErrnoException;
  return new DataFolderError(
    code === 'LEVEL_LOCKED'
      ? `the data folder ${folder} is in use by another process: stop it, or choose another folder with --data-dir`
      : `the data folder ${folder} cannot be opened: ${message}`,
    { cause: error },
  );
}

function ofAnotherProgram(folder: string, names: readonly string[]): DataFolderError {
  return new DataFolderError(
    names.includes('CURRENT')
      ? `the data folder ${folder} was written by another program, such as dynalite, and is left as it is: choose another folder, or move this one away to begin anew`
      : `the data folder ${folder} holds other files (${names.slice(0, 3).join(', ')}), which are left alone: choose an empty or a new folder`,
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
