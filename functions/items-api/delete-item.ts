import { httpHandler } from '../shared/http/http-adapter';
import { itemId, notFound, preconditionFailed } from './domain/answers';
import { ormLayer } from './domain/layer';
import { versionConditions } from './domain/version-conditions';

const orm = ormLayer(import.meta.url);
await orm.openConnection();

/** `DELETE /items/{id}` */
export const handler = orm.deadline.keptBy(
  httpHandler(async (request) => {
    const id = itemId(request);
    const remove = orm.ItemEntity.build(orm.DeleteItemCommand)
      .key({ id })
      .options({ condition: { and: [orm.isItem, ...versionConditions(request)] } });
    await orm.conditionalWrite<unknown>(
      () => remove.send(),
      async ({ retried }) => {
        if (await orm.storedItem(id)) throw preconditionFailed();
        // Of a repeated attempt nobody can tell whether the first one deleted the item; it is gone, as it should be.
        if (!retried) throw notFound();
      },
    );
    return { status: 204 };
  }),
);
