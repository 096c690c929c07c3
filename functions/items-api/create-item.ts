import { createHash, randomUUID } from 'node:crypto';
import { requiredVariable } from '../shared/env';
import { httpHandler } from '../shared/http/http-adapter';
import { idempotencyKey, idempotentId } from '../shared/http/idempotency';
import { location } from '../shared/http/location';
import { Problem } from '../shared/http/problem';
import { itemAnswer } from './domain/answers';
import { itemBody } from './domain/item-body';
import { ormLayer } from './domain/layer';

const orm = ormLayer(import.meta.url);
const stack = requiredVariable('STACK');
await orm.openConnection();

/** `POST /items` */
export const handler = orm.deadline.keptBy(
  httpHandler(async (request) => {
    const key = idempotencyKey(request);
    const fields = itemBody(request, orm);
    const id = key === undefined ? randomUUID() : idempotentId(stack, 'POST /items', key);
    // The schema's order of members, whichever the body's.
    const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex');

    const put = orm.ItemEntity.build(orm.PutItemCommand)
      .item({ ...fields, id, createHash: hash, writeId: randomUUID() })
      .options({ condition: { attr: 'id', exists: false } });
    const item = await orm.conditionalWrite(
      async () => orm.visible((await put.send()).ToolboxItem),
      async () => {
        const stored = await orm.storedItem(id);
        if (!stored)
          throw new Problem('conflict', 'The item was deleted at the same time; send the request again.');
        if (stored.createHash === hash) return stored.item;
        throw new Problem(
          'idempotency-key-reused',
          'An item was created with this Idempotency-Key from another body.',
        );
      },
    );
    return itemAnswer(201, item, { Location: location(request.path, id) });
  }),
);
