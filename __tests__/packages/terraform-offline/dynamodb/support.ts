import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AccessAnalyzer } from '../../../../packages/terraform-offline/iam/access-analyzer';
import { type Credentials, OPERATOR } from '../../../../packages/terraform-offline/iam/credentials';
import {
  type Database,
  type DatabaseOptions,
  type DatabaseState,
  startDatabase,
} from '../../../../packages/terraform-offline/dynamodb/database';
import type { Statement } from '../../../../packages/terraform-offline/iam/policy';
import type { Role } from '../../../../packages/terraform-offline/iam/role';
import type { Table } from '../../../../packages/terraform-offline/terraform/model/table';

/** A table with the key `id`, a text. */
export function tableOf(name: string, key = 'id'): Table {
  return {
    name,
    arn: `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`,
    keySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    attributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
  };
}

export function roleOf(name: string, ...statements: Partial<Statement>[]): Role {
  const whole = statements.map((statement) => ({
    effect: 'Allow' as const,
    actions: [],
    notActions: [],
    resources: [],
    notResources: [],
    ...statement,
  }));
  return {
    name,
    arn: `arn:aws:iam::000000000000:role/${name}`,
    policies: [{ name, version: '2012-10-17', statements: whole }],
  };
}

/** A database with the table `Books`, in memory, with IAM; unless something else is asked for. */
export async function startedDatabase({
  tables = [tableOf('Books')],
  roles = [],
  iam = true,
  ...options
}: Partial<DatabaseOptions & DatabaseState & { iam: boolean }> = {}): Promise<Database> {
  const database = await startDatabase({
    storage: { kind: 'memory' },
    region: 'us-east-1',
    analyzer: iam ? new AccessAnalyzer() : undefined,
    log: () => undefined,
    ...options,
  });
  try {
    await database.update({ tables, roles });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

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
