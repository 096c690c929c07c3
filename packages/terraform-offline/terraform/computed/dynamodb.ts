import { ACCOUNT } from '../account';
import type { ComputedAttributes } from '../computed';

export const dynamodb: ComputedAttributes = {
  aws_dynamodb_table: {
    arn: (table) => `arn:aws:dynamodb:${table.region}:${ACCOUNT}:table/${table.text('name')}`,
    id: (table) => table.text('name'),
  },
};
