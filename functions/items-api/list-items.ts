import { returnableRows } from '../shared/answer-size';
import { httpHandler } from '../shared/http-adapter';
import { validate } from '../shared/validate';
import { DEFAULT_LIMIT, listQuery } from './contract';
import { decodeCursor, encodeCursor } from './items/cursor';
import { ormLayer } from './items/layer';

const orm = ormLayer(import.meta.url);
const table = orm.ItemsTable.getName();
await orm.openConnection();

/** `GET /items` */
export const handler = httpHandler(async (request) => {
  const { limit, cursor } = validate(listQuery, request.query);
  const scan = orm.ItemsTable.build(orm.ScanCommand)
    .entities(orm.ItemEntity)
    .options({
      limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
      ...(cursor !== undefined && { exclusiveStartKey: { id: decodeCursor(table, cursor) } }),
      // Rows that are no items, written by whoever, do not keep the others from being listed.
      noEntityMatchBehavior: 'DISCARD',
    });
  const { Items: found = [], LastEvaluatedKey } = await scan.send();
  const items = returnableRows(found);
  const last = items.length < found.length ? items.at(-1) : LastEvaluatedKey;
  return { status: 200, body: { items, ...(last && { cursor: encodeCursor(table, last.id as string) }) } };
});
