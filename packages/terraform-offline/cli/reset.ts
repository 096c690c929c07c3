import { createInterface } from 'node:readline/promises';
import type { Options } from './options';
import { operatorClient } from '../dynamodb/operator-client';

/** Whether the data may be deleted; asks on a terminal, if there is any. */
export async function confirmReset({ dataDirectory, inMemory }: Options): Promise<boolean> {
  if (inMemory || !process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Delete all data in ${dataDirectory}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** Deletes every table of the database at that endpoint, and tells which there were. */
export async function deleteTables(endpoint: string): Promise<string[]> {
  const call = operatorClient(endpoint);
  // One that takes its time is listed again.
  const deleted = new Set<string>();
  for (;;) {
    const { TableNames } = (await call('ListTables', {})) as { TableNames: string[] };
    if (TableNames.length === 0) return [...deleted];
    await Promise.all(TableNames.map((TableName) => call('DeleteTable', { TableName })));
    for (const name of TableNames) deleted.add(name);
  }
}
