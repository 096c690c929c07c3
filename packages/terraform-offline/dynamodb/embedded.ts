import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import dynalite from 'dynalite';
import { makeFolder } from '../cli/make-folder';
import { repairConditions } from './dynalite-conditions';
import { repairIterators } from './dynalite-iterators';
import type { Upstream } from './gate';

/**
 * The database within this process.
 * @param folder its data; undefined to keep it in memory
 * @throws when the folder cannot be used, because another process has it or for any other reason
 */
export async function embeddedDatabase(folder: string | undefined): Promise<Upstream> {
  if (folder !== undefined) await assertUsable(folder);
  repairConditions();
  repairIterators();
  const server = dynalite({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return ({ method, url, headers }, response, body) => {
    // All that dynalite takes of a request, its body, which has been read already, as events.
    const request = Object.assign(new EventEmitter(), { method, url, headers });
    server.emit('request', request, response);
    request.emit('data', body);
    request.emit('end');
  };
}

interface LevelModule {
  readonly Level: new (folder: string) => { open(): Promise<void>; close(): Promise<void> };
}

/** dynalite opens LevelDB by itself and loses the reason when that fails, so it is opened once before. */
async function assertUsable(folder: string): Promise<void> {
  const { Level } = createRequire(require.resolve('dynalite'))('level') as LevelModule;
  try {
    makeFolder(folder);
    const level = new Level(folder);
    await level.open();
    await level.close();
  } catch (error) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    // The system releases the lock with its process, however that ends.
    throw new Error(
      code === 'LEVEL_LOCKED'
        ? `the data folder ${folder} is in use by another process: stop it, or choose another folder with --data-dir`
        : `the data folder ${folder} cannot be opened: ${message}`,
      { cause: error },
    );
  }
}
