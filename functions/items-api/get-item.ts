import { httpHandler } from '../shared/http/http-adapter';
import { itemAnswer, itemId, notFound, preconditionFailed } from './domain/answers';
import { matchesStrongly, matchesWeakly, parseEntityTags } from './domain/entity-tags';
import { ormLayer } from './domain/layer';

const orm = ormLayer(import.meta.url);
await orm.openConnection();

/** `GET /items/{id}` */
export const handler = orm.deadline.keptBy(
  httpHandler(async (request) => {
    const match = parseEntityTags('If-Match', request.header('If-Match'));
    const noneMatch = parseEntityTags('If-None-Match', request.header('If-None-Match'));

    const stored = await orm.storedItem(itemId(request));
    if (!stored) throw notFound();
    const { item } = stored;
    if (match && !matchesStrongly(match, item.version)) throw preconditionFailed();
    const answer = itemAnswer(200, item);
    if (noneMatch && matchesWeakly(noneMatch, item.version)) return { status: 304, headers: answer.headers };
    return answer;
  }),
);
