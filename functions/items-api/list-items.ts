import { returnableRows } from '../shared/http/answer-size';
import { httpHandler } from '../shared/http/http-adapter';
import { validateWith } from '../shared/http/validate-with';
import { decodeCursor, encodeCursor, type List } from './domain/cursor';
import { ormLayer } from './domain/layer';

const orm = ormLayer(import.meta.url);
const table = orm.ItemsTable.getName();
await orm.openConnection();

/** `GET /items`, `GET /items?name=` */
export const handler = orm.deadline.keptBy(
  httpHandler(async (request) => {
    const { limit, cursor, name } = validateWith(orm.safeParse, orm.listQuery, request.query);
    const list: List = name === undefined ? [table] : [table, orm.byName.indexName, name];
    const { items: found, lastKey } = await orm.storedItems({
      limit: limit === undefined ? orm.DEFAULT_LIMIT : Number(limit),
      name,
      after: cursor === undefined ? undefined : decodeCursor(list, cursor),
    });
    const items = returnableRows(found);
    const left = items.length < found.length ? items.at(-1) : undefined;
    const last = left ? orm.keyOf(left, name) : lastKey;
    return { status: 200, body: { items, ...(last && { cursor: encodeCursor(list, last) }) } };
  }),
);
