import { returnableRows } from '../shared/http/answer-size';
import { httpHandler } from '../shared/http/http-adapter';
import { validateWith } from '../shared/http/validate-with';
import { decodeCursor, encodeCursor } from './domain/cursor';
import { allItems, itemsOfName } from './domain/item-list';
import { ormLayer } from './domain/layer';

const orm = ormLayer(import.meta.url);
const table = orm.ItemsTable.getName();
await orm.openConnection();

/** `GET /items`, `GET /items?name=` */
export const handler = orm.deadline.keptBy(
  httpHandler(async (request) => {
    const { limit, cursor, name } = validateWith(orm.safeParse, orm.listQuery, request.query);
    const list = name === undefined ? allItems(table) : itemsOfName(table, orm.byName, name);
    const { items: found, lastKey } = await orm.storedItems({
      Limit: limit === undefined ? orm.DEFAULT_LIMIT : Number(limit),
      ...list.rows,
      ...(cursor !== undefined && { ExclusiveStartKey: list.keyOf(decodeCursor(list.id, cursor)) }),
    });
    const items = returnableRows(found);
    const last = items.length < found.length ? items.at(-1) : lastKey;
    return {
      status: 200,
      body: { items, ...(last && { cursor: encodeCursor(list.id, list.partsOf(last)) }) },
    };
  }),
);
