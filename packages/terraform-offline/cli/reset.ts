import { createInterface } from 'node:readline/promises';
import type { Options } from './options';

/** Whether the data may be deleted; asks on a terminal, if there is any. */
export async function confirmReset({ dataDirectory, inMemory, reset }: Options): Promise<boolean> {
  if (inMemory || !process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const what = reset === true ? 'all data' : `the data of ${String(reset)}`;
    const answer = await terminal.question(`Delete ${what} in ${dataDirectory}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
