import { createInterface } from 'node:readline/promises';
import type { Options } from './console/options';
import { operatorClient } from './dynamodb/operator-client';

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

/** Deletes every table of the database at that endpoint. */
export async function deleteTables(endpoint: string): Promise<void> {
  const call = operatorClient(endpoint);
  for (;;) {
    const { TableNames } = (await call('ListTables', {})) as { TableNames: string[] };
    if (TableNames.length === 0) return;
    await Promise.all(TableNames.map((TableName) => call('DeleteTable', { TableName })));
  }
}
