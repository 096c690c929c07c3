import type { AttributeValue, Item } from '../attribute-value';
import { sha256 } from '../digest';
import { validation } from '../errors';
import { valueAt } from '../evaluation/paths';
import type { Path } from '../expressions/tree';
import { pathsOf, refusePathsIntoKeys } from '../items/attribute-paths';
import type { ReturnConsumedCapacity } from '../items/capacity';
import { checkKey } from '../items/keys';
import { readPage } from '../items/pages';
import { indexOf, needsWholeItems } from '../items/reads';
import { keyAttributes } from '../tables/key-schema';
import type { Index, Table } from '../tables/table';
import { meantBy, valueOn } from './keys';
import { planOf, rangesAfter, type Plan } from './reads';
import type { Select } from './tree';

/** What comes with a SELECT in the request. */
export interface SelectRequest {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
  readonly ConsistentRead?: boolean;
  readonly NextToken?: string;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly Limit?: number;
}

/** Answers a page of what a SELECT finds. */
export async function select(table: Table, statement: Select, request: SelectRequest): Promise<object> {
  const { columns, where, order, source } = statement;
  const index = indexOf(table, source.index, request.ConsistentRead);
  const { key, rows } = index ?? table;
  const plan = planOf(where, order, key, rows);
  const filtered = pathsOf(where);
  refusePathsIntoKeys(table, [...(columns ?? []), ...filtered]);
  if (plan.isKeyed && index?.kind === 'global') refuseUnprojected(table, index, plan);
  // Where it reads everything, a condition sees what is in the index only.
  const isCompleted = plan.isKeyed && index?.kind === 'local';
  const wanted = isCompleted ? [...(columns ?? []), ...filtered] : columns;
  const wholeItems = needsWholeItems(table, index, undefined, wanted);
  const token = tokenOf(request);
  const page = await readPage({
    table,
    index,
    ranges: request.NextToken === undefined ? plan.ranges : continued(plan, request.NextToken),
    reverse: plan.reverse,
    limit: request.Limit,
    filter: where,
    projection: undefined,
    wholeItems,
    countOnly: false,
    isConsistent: request.ConsistentRead === true,
    returnConsumedCapacity: request.ReturnConsumedCapacity,
  });
  return {
    Items: page.Items?.map((item) => columnsOf(columns, item)),
    NextToken: page.LastEvaluatedKey && token.at(page.LastEvaluatedKey),
    LastEvaluatedKey: page.LastEvaluatedKey,
    ConsumedCapacity: page.ConsumedCapacity,
  };

  function continued(from: Plan, text: string) {
    const position = token.positionIn(text);
    try {
      return rangesAfter(rows, from, position);
    } catch {
      throw invalidToken();
    }
  }
}

/**
 * The key of the item that a SELECT reads in a batch or in a transaction.
 * @throws {DynamoDBError} a ValidationException when it may read others, or asks for anything beside the key
 */
export function keyReadBy(
  table: Table,
  { source, where }: Select,
  within: 'BatchExecuteStatement' | 'ExecuteTransaction',
): Item {
  if (source.index !== undefined && within === 'ExecuteTransaction') {
    throw validation('Reads on indices are not supported within transactions.');
  }
  if (source.index === undefined) {
    const meant = meantBy(where, table.key, valueOn);
    if (meant && !meant.condition) return meant.key;
    planOf(where, [], table.key, table.rows);
  }
  throw validation(`Select statements within ${within} must specify the primary key in the where clause.`);
}

/** Refuses a SELECT of one item whose key is none of the table's, or that asks for parts of keys. */
export function checkReadKey(table: Table, { columns, where }: Select, key: Item): void {
  checkKey(table.key, key);
  refusePathsIntoKeys(table, [...(columns ?? []), ...pathsOf(where)]);
}

/** What a SELECT shows of an item; a column is named by the last name in its path, with the indexes that follow. */
export function columnsOf(columns: readonly Path[] | undefined, item: Item): Item {
  if (!columns) return item;
  const shown = columns.flatMap((path) => {
    const value = valueAt(item, path);
    return value ? [[columnName(path), value] as const] : [];
  });
  return Object.fromEntries(shown);
}

function columnName(path: Path): string {
  return path.reduce<string>((name, step) => (typeof step === 'number' ? `${name}[${step}]` : step), '');
}

/** Refused are conditions all of whose branches look at what the index does not have. */
function refuseUnprojected(table: Table, index: Index, { filtered }: Plan) {
  if (index.projection.type === 'ALL') return;
  const projected = new Set([
    ...[...keyAttributes(table.key), ...keyAttributes(index.key)].map(({ name }) => name),
    ...index.projection.attributes,
  ]);
  const missing = filtered.map((names) => new Set(names.filter((name) => !projected.has(name))));
  if (missing.some(({ size }) => size === 0)) return;
  const last = [...(missing.at(-1) ?? [])];
  throw validation(
    `One or more parameter values were invalid: Secondary index ${index.name} does not project one or more filter attributes: [${last.join(', ')}]`,
  );
}

/** Tokens name the position behind which a page begins, and the statement that they belong to. */
function tokenOf({ Statement, Parameters = [] }: SelectRequest) {
  const statement = sha256(JSON.stringify([Statement, Parameters]));
  return {
    at: (position: Item) => Buffer.from(JSON.stringify({ statement, position })).toString('base64'),
    positionIn(text: string): Item {
      const token = decoded(text);
      if (token.statement !== statement) throw validation('NextToken does not match request');
      return token.position;
    },
  };
}

function decoded(text: string): { readonly statement: string; readonly position: Item } {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64').toString()) as Record<string, unknown>;
    if (typeof token.statement !== 'string' || typeof token.position !== 'object') throw invalidToken();
    return { statement: token.statement, position: token.position as Item };
  } catch {
    throw invalidToken();
  }
}

function invalidToken() {
  return validation('Invalid NextToken');
}
