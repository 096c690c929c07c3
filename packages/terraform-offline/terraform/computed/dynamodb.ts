import { ACCOUNT } from '../../iam/arn';

/** The label of every stream. AWS makes it of the time when the stream is switched on, which no configuration tells. */
export const STREAM_LABEL = '2026-01-01T00:00:00.000';
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
