import { ACCOUNT } from '../../iam/arn';
import type { ComputedAttributes } from './computed-attributes';

export const account: ComputedAttributes = {
  aws_cloudwatch_log_group: {
    arn: (group) => `arn:aws:logs:${group.region}:${ACCOUNT}:log-group:${group.text('name')}`,
    id: (group) => group.text('name'),
  },
  'data.aws_caller_identity': {
    account_id: () => ACCOUNT,
    id: () => ACCOUNT,
  },
  'data.aws_partition': {
    partition: () => 'aws',
    dns_suffix: () => 'amazonaws.com',
    id: () => 'aws',
  },
  'data.aws_region': {
    region: ({ region }) => region,
    name: ({ region }) => region,
    id: ({ region }) => region,
  },
};
