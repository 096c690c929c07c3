import type { Item } from '../layer/items-orm';
import type { HttpRequest, HttpResponse } from '../../shared/http/http';
import { Problem } from '../../shared/http/problem';
import { entityTag } from './entity-tags';

/** An item as the answer to a request. */
export function itemAnswer(status: number, item: Item, headers?: HttpResponse['headers']): HttpResponse {
  return { status, headers: { ETag: entityTag(item.version), ...headers }, body: item };
}

/**
 * The id in the path.
 * @throws {Problem} `not-found` when it is longer than any key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys
 */
export function itemId({ pathParameters: { id = '' } }: HttpRequest): string {
  if (id === '' || Buffer.byteLength(id) > 2048) throw notFound();
  return id;
}

export function notFound(): Problem {
  return new Problem('not-found', 'There is no item under the id in the path.');
}

export function preconditionFailed(): Problem {
  return new Problem(
    'precondition-failed',
    'The item as it stands does not meet the If-Match or If-None-Match of the request; get it again, and decide by what it is now.',
  );
}
