import { once, EventEmitter } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Cloud, serve, type ServeOptions } from '../../packages/terraform-offline/cloud';
import type { LogEntry } from '../../packages/terraform-offline/log/log';

/** One of the sample projects, served, with what it logs. */
export interface ServedProject extends Cloud {
  readonly folder: string;
  readonly entries: readonly LogEntry[];
  /** What a function wrote to its log, without what Lambda's Node.js runtime puts before a text. */
  readonly lines: (functionName: string) => string[];
  readonly notices: () => string[];
  /** Resolves when the log says so. */
  readonly until: (condition: () => boolean) => Promise<void>;
  /** Changes a file, and serves what the folder holds then. */
  readonly edit: (file: string, change: (text: string) => string) => Promise<void>;
}

/** Serves a copy of a sample project; closing deletes it. */
export async function serveProject(
  name: string,
  { change, ...options }: Partial<ServeOptions> & { readonly change?: (text: string) => string } = {},
): Promise<ServedProject> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'project-'));
  const folder = path.join(root, name);
  cpSync(path.join(__dirname, '../fixtures/projects', name), folder, { recursive: true });
  const write = (file: string, edit: (text: string) => string) => {
    const at = path.join(folder, file);
    writeFileSync(at, edit(readFileSync(at, 'utf8')));
  };
  if (change) write('main.tf', change);
  const entries: LogEntry[] = [];
  const logged = new EventEmitter();
  const cloud = await serve({
    ...options,
    folder,
    log: (entry) => {
      entries.push(entry);
      logged.emit('entry');
    },
  });
  return {
    ...cloud,
    folder,
    entries,
    lines: (functionName) =>
      entries.flatMap((entry) =>
        entry.type === 'function' && entry.functionName === functionName
          ? [entry.line.trimEnd().replace(/^\S+\t\S+\t[A-Z]+\t/, '')]
          : [],
      ),
    notices: () => entries.flatMap((entry) => (entry.type === 'notice' ? [entry.message] : [])),
    async until(condition) {
      while (!condition()) await once(logged, 'entry');
    },
    async edit(file, edit) {
      write(file, edit);
      await cloud.reload();
    },
    async close() {
      await cloud.close();
      rmSync(root, { recursive: true });
    },
  };
}
