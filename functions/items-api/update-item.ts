import { randomUUID } from 'node:crypto';
import { httpHandler } from '../shared/http/http-adapter';
import { itemAnswer, itemId, notFound, preconditionFailed } from './domain/answers';
import { itemBody } from './domain/item-body';
import { ormLayer } from './domain/layer';
import { versionConditions } from './domain/version-conditions';

const orm = ormLayer(import.meta.url);
await orm.openConnection();

/** `PUT /items/{id}` */
export const handler = orm.deadline.keptBy(
  httpHandler(async (request) => {
    const id = itemId(request);
    const conditions = versionConditions(request);
    const fields = itemBody(request, orm);
    const absent = Object.keys(orm.itemFields.shape).filter((name) => !(name in fields));
    const writeId = randomUUID();

    const update = orm.ItemEntity.build(orm.UpdateItemCommand)
      .item({ ...fields, ...Object.fromEntries(absent.map((name) => [name, orm.$remove()])), id, writeId })
      .options({
        // A second attempt must not count the version up again.
        condition: { and: [orm.isItem, { attr: 'writeId', ne: writeId }, ...conditions] },
        returnValues: 'ALL_NEW',
      });
    const item = await orm.conditionalWrite(
      async () => (await update.send()).Attributes!,
      async () => {
        const stored = await orm.storedItem(id);
        if (!stored) throw notFound();
        // An earlier attempt succeeded, and its answer was lost.
        if (stored.writeId === writeId) return stored.item;
        throw preconditionFailed();
      },
    );
    return itemAnswer(200, item);
  }),
);
