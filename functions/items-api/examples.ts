import { toJSONSchema } from 'zod/mini';
import { idempotencyKey, type ParameterExample, type SystemExamples } from '../shared/examples';
import { itemFields } from './contract';

const id: ParameterExample = {
  name: 'id',
  in: 'path',
  description: 'The id that creating answered with.',
  inCommand: 'fc89cbab-d910-52d2-af37-a83af01175e9',
};

const ifMatch: ParameterExample = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag last seen: the write fails if the item has changed since.',
};

const bodySchema = toJSONSchema(itemFields, { target: 'draft-04', io: 'input' });

const jacket = { name: 'Beautiful Jacket', price: 78.89 };

export const examples: SystemExamples = {
  title: 'CRUD with an ORM layer',
  description: 'Items with optimistic locking: a function for every route, all on one Lambda layer.',
  operations: {
    'POST /items': {
      summary: 'Create an item',
      bodySchema,
      bodies: { Item: jacket, 'With description': { ...jacket, description: 'Warm, waterproof, blue' } },
      parameters: [idempotencyKey],
      responses: {
        201: 'Created; Location leads to it, ETag names its version.',
        400: 'The item breaks a rule; errors[] lists every one.',
        422: 'The Idempotency-Key was used with another body.',
      },
    },
    'GET /items': {
      summary: 'List items, page by page',
      parameters: [
        { name: 'limit', in: 'query', description: 'Items on a page, 1–100; 25 by default.', example: '10' },
        { name: 'cursor', in: 'query', description: 'The cursor of the page before.' },
        { name: 'name', in: 'query', description: 'Only items of this name, as they were created.' },
      ],
      responses: {
        200: 'A page; cursor leads to the next.',
        400: 'The limit, the cursor or the name is not valid.',
      },
    },
    'GET /items/{id}': {
      summary: 'Get an item',
      parameters: [
        id,
        {
          name: 'If-None-Match',
          in: 'header',
          description: 'The ETag last seen: 304 if it is still the one.',
        },
      ],
      responses: { 200: 'The item.', 304: 'Not modified.', 404: 'There is no such item.' },
    },
    'PUT /items/{id}': {
      summary: 'Replace an item',
      bodySchema,
      bodies: { 'New price': { ...jacket, price: 59.9 } },
      parameters: [id, ifMatch],
      responses: {
        200: 'The item as it now stands.',
        400: 'The item breaks a rule; errors[] lists every one.',
        404: 'There is no such item.',
        412: 'The item has changed since.',
      },
    },
    'DELETE /items/{id}': {
      summary: 'Delete an item',
      parameters: [id, ifMatch],
      responses: { 204: 'Deleted.', 404: 'There is no such item.', 412: 'The item has changed since.' },
    },
  },
};
