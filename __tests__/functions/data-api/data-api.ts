import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { retrieveData } from '../../../functions/data-api/domain/retrieve-data';
import { storeData } from '../../../functions/data-api/domain/store-data';
import { restHandler } from '../../../functions/shared/http/rest-adapter';
import { restEvent } from '../../support/rest-event';

export const TABLE = 'MyDataTable';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** data-api's two functions over a database, called by the events of a REST API. */
export function dataApi(client: DynamoDBClient) {
  const table = { client, name: TABLE };
  const post = restHandler(storeData(table, 'data-api'));
  const get = restHandler(retrieveData(table));
  return {
    /** `POST /data` with this text. */
    async store(body: string | undefined, headers: Record<string, string> = {}): Promise<Answer> {
      return answer(
        await post(
          restEvent({
            method: 'POST',
            path: '/data',
            headers: { 'Content-Type': 'application/json', ...headers },
            body,
          }),
        ),
      );
    },
    /** `GET /data/{id}`. */
    async retrieve(id: string): Promise<Answer> {
      return answer(await get(restEvent({ method: 'GET', path: `/data/${id}`, pathParameters: { id } })));
    },
  };
}

function answer(result: Awaited<ReturnType<ReturnType<typeof restHandler>>>): Answer {
  const { statusCode: status, headers, body: text } = result;
  return { status, headers, text, body: JSON.parse(text) as Answer['body'] };
}
