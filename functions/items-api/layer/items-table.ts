import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Table } from 'dynamodb-toolbox/table';
import { createClient } from '../../shared/dynamodb/client';
import { Deadline } from '../../shared/dynamodb/deadline';
import { requiredVariable } from '../../shared/env';
import { fromStoredNumber } from '../../shared/dynamodb/stored-values';
import { warmUp } from '../../shared/dynamodb/warm-up';

/** Of the invocation under way: every handler keeps it. */
export const deadline = new Deadline();

const client = createClient({ deadline });

/** The table that the stack names, whatever the environment. */
export const ItemsTable = new Table({
  name: () => requiredVariable('TABLE_NAME'),
  partitionKey: { name: 'id', type: 'string' },
  documentClient: DynamoDBDocumentClient.from(client, {
    // Bodies hold exact numbers only, those beyond 2^53 included; what other clients wrote comes back as it stands.
    marshallOptions: { allowImpreciseNumbers: true, removeUndefinedValues: true },
    unmarshallOptions: { wrapNumbers: fromStoredNumber },
  }),
});

/** Opens the connection to DynamoDB ahead of the first request. Never rejects. */
export const openConnection = (): Promise<void> => warmUp(client);
