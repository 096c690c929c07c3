import { objectOf } from '../values/value';
import { fn, type Functions } from './signature';

/** The AWS provider's own: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse */
export const aws: Functions = {
  'provider::aws::arn_build': fn(['text', 'text', 'text', 'text', 'text'], (parts) =>
    ['arn', ...parts].join(':'),
  ),
  'provider::aws::arn_parse': fn(['text'], ([arn]) => {
    const [, partition = '', service = '', region = '', account_id = '', resource = ''] = partsOf(arn);
    return objectOf(Object.entries({ partition, service, region, account_id, resource }));
  }),
  'provider::aws::trim_iam_role_path': fn(['text'], ([arn]) => {
    const parts = partsOf(arn);
    if (parts[2] !== 'iam' || !parts[5]?.startsWith('role/')) throw new Error(`${arn} is no ARN of a role`);
    return arn.replace(/:role\/.*\//, ':role/');
  }),
};

/** @throws when it is no ARN */
function partsOf(arn: string): readonly string[] {
  const parts = /^(arn):([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/.exec(arn)?.slice(1);
  if (!parts) throw new Error(`${arn} is no ARN`);
  return parts;
}
