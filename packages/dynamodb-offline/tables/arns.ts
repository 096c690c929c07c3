import { resourceNotFound, validation } from '../errors';
import type { Catalog } from './catalog';
import { invalidParameters } from './schema';
import type { Table } from './table';

const TABLE_ARN = /^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[a-zA-Z0-9_.-]+$/;

/**
 * The table whose tags are meant.
 * @param notFound what the error says when there is none, unless it names the ARN
 * @returns what looks it up: DynamoDB checks the rest of the request in between
 * @throws what is wrong with the ARN itself
 */
export function taggedTable(tables: Catalog, arn: string | undefined, notFound?: string): () => Table {
  if (!arn) throw validation('Invalid TableArn');
  if (!arn.startsWith('arn:')) throw invalidParameters(`ARNs must start with 'arn:': ${arn}`);
  if (!/^arn:[^:]*:dynamodb:/.test(arn)) {
    throw invalidParameters(`Provided Arn is not a DynamoDB resource arn: ${arn}`);
  }
  if (!TABLE_ARN.test(arn))
    throw validation(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  return () => {
    const table = tables.find(arn);
    // The misspelling is DynamoDB's.
    if (!table)
      throw resourceNotFound(notFound ?? `Requested resource not found: ResourcArn: ${arn} not found`);
    return table;
  };
}

/** DynamoDB misses the members of these requests after it has looked at the ARN. */
export function missingMember(name: string): Error {
  return validation(
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}
