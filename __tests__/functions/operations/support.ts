import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableActions, type TableActions } from '../../../functions/operations/actions';
import { createEngine, type Engine } from '../../../functions/operations/engine';
import { Problem, type ProblemDetails } from '../../../functions/shared/http/problem';
import type { EmbeddedDynamoDB } from '../../support/dynamodb';

/** The logical name that the seeds use. */
const LOGICAL = 'lambda-apigateway';

export const engineOn = (
  client: DynamoDBClient,
  physical: string,
  rules: (actions: TableActions) => TableActions = (actions) => actions,
): Engine => createEngine(rules(tableActions(client, () => client)), new Map([[LOGICAL, physical]]));

/** An engine on a table that nobody else has. */
export async function engineOnFreshTable(
  database: EmbeddedDynamoDB,
  rules?: (actions: TableActions) => TableActions,
): Promise<Engine> {
  const name = `table-${randomUUID()}`;
  await database.createTable(name);
  return engineOn(database.client, name, rules);
}

/** The problem that something rejects with; whatever else it does is a failure of the test. */
export async function problemOf(outcome: Promise<unknown>): Promise<ProblemDetails> {
  const error: unknown = await outcome.then(
    (answer) => new Error(`no problem, but ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error.details('id');
  throw error;
}

export const context = { awsRequestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd' } as Context;
