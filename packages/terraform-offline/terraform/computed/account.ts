import { ACCOUNT } from '../account';
import type { ComputedAttributes } from '../computed';

export const account: ComputedAttributes = {
  aws_cloudwatch_log_group: {
    arn: (group) => `arn:aws:logs:${group.configuration.region}:${ACCOUNT}:log-group:${group.text('name')}`,
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
    region: ({ configuration }) => configuration.region,
    name: ({ configuration }) => configuration.region,
    id: ({ configuration }) => configuration.region,
  },
};
