import { returnableRows } from '../shared/http/answer-size';
import { httpHandler } from '../shared/http/http-adapter';
import { validateWith } from '../shared/http/validate-with';
import { decodeCursor, encodeCursor } from './domain/cursor';
import { ormLayer } from './domain/layer';

const orm = ormLayer(import.meta.url);
const table = orm.ItemsTable.getName();
await orm.openConnection();

/** `GET /items` */
export const handler = orm.deadline.keptBy(
  httpHandler(async (request) => {
    const { limit, cursor } = validateWith(orm.safeParse, orm.listQuery, request.query);
    const { items: found, lastKey } = await orm.storedItems({
      limit: limit === undefined ? orm.DEFAULT_LIMIT : Number(limit),
      after: cursor === undefined ? undefined : decodeCursor(table, cursor),
    });
    const items = returnableRows(found);
    const last = items.length < found.length ? items.at(-1)?.id : lastKey;
    return { status: 200, body: { items, ...(last !== undefined && { cursor: encodeCursor(table, last) }) } };
  }),
);
