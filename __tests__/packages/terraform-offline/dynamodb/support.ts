import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OPERATOR } from '../../../../packages/terraform-offline/iam/credentials';
import type { DatabaseOptions } from '../../../../packages/terraform-offline/dynamodb/database';
import type { Credentials } from '../../../../packages/terraform-offline/lambda/variables';
import type { PolicyStatement, Role, Table } from '../../../../packages/terraform-offline/terraform/model';

/** A table with the key `id`, a text. */
export function tableOf(name: string, key = 'id'): Table {
  return {
    name,
    arn: `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`,
    keySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    attributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
  };
}

export function roleOf(name: string, ...statements: Partial<PolicyStatement>[]): Role {
  const whole = statements.map((statement) => ({
    effect: 'Allow' as const,
    actions: [],
    notActions: [],
    resources: [],
    notResources: [],
    ...statement,
  }));
  return { name, arn: `arn:aws:iam::000000000000:role/${name}`, policies: [{ name, statements: whole }] };
}

export const inMemory: DatabaseOptions = {
  tables: [tableOf('Books')],
  roles: [],
  storage: { kind: 'memory' },
  iam: true,
  log: () => undefined,
};

/** The AWS SDK's client, without retries unless some are asked for. */
export function clientOf(
  endpoint: string,
  credentials: Credentials = OPERATOR,
  maxAttempts = 1,
): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts });
}

export function temporaryFolder(): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'database '));
  return { path: folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** Process ids of the database processes that this one, or the one named, has started. */
export function databaseProcesses(parent = process.pid): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, ...args]) => Number(ppid) === parent && args.join(' ').endsWith('dynamodb/process.js'))
    .map(([pid]) => Number(pid));
}
