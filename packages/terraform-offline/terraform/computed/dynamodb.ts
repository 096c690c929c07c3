import { ACCOUNT, STREAM_LABEL } from '../account';
import type { ComputedAttributes } from './computed-attributes';

export const dynamodb: ComputedAttributes = {
  aws_dynamodb_table: {
    arn: (table) => `arn:aws:dynamodb:${table.region}:${ACCOUNT}:table/${table.text('name')}`,
    id: (table) => table.text('name'),
    stream_arn: (table) =>
      table.flag('stream_enabled') ? `${table.text('arn')}/stream/${STREAM_LABEL}` : '',
    stream_label: (table) => (table.flag('stream_enabled') ? STREAM_LABEL : ''),
  },
  aws_dynamodb_resource_policy: {
    id: (policy) => policy.text('resource_arn'),
    revision_id: (policy) => policy.uniqueId(13),
  },
};
