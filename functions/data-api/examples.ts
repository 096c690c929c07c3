import { toJSONSchema } from 'zod/mini';
import { idempotencyKey, type SystemExamples } from '../shared/examples';
import { storeDataRequest } from './contract';

export const examples: SystemExamples = {
  title: 'Store and retrieve',
  description: 'Any JSON value, stored under a UUID and read back as it was.',
  operations: {
    'POST /data': {
      summary: 'Store a value',
      bodySchema: toJSONSchema(storeDataRequest, { target: 'draft-04', io: 'input' }),
      bodies: {
        Text: { data: 'Your data payload here' },
        Object: { data: { title: 'Beautiful Jacket', sizes: ['S', 'M', 'L'], price: 78.89, sold: null } },
      },
      parameters: [idempotencyKey],
      responses: {
        201: 'Stored; Location leads to it.',
        400: 'The body is not JSON, lacks data, or holds a value that could not be given back unchanged.',
        413: 'The item would exceed 400 KB.',
        415: 'The body is not application/json.',
        422: 'The Idempotency-Key was used with another body.',
      },
    },
    'GET /data/{id}': {
      summary: 'Retrieve a value',
      parameters: [
        {
          name: 'id',
          in: 'path',
          description: 'The UUID that storing answered with.',
          inCommand: '0a80d328-3efc-53f1-88da-13fd9e78e9b1',
        },
      ],
      responses: { 200: 'The value as it was stored.', 404: 'There is nothing under this id.' },
    },
  },
};
