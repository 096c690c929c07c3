import { ACCOUNT } from '../account';
import type { ComputedAttributes } from '../computed';
import { policyDocumentJson } from './policy-document-json';

export const iam: ComputedAttributes = {
  aws_iam_role: {
    arn: (role) => `arn:aws:iam::${ACCOUNT}:role${role.text('path', '/')}${role.text('name')}`,
    id: (role) => role.text('name'),
    unique_id: (role) => `AROA${role.uniqueId(17).toUpperCase()}`,
  },
  aws_iam_policy: {
    arn: (policy) => `arn:aws:iam::${ACCOUNT}:policy${policy.text('path', '/')}${policy.text('name')}`,
    id: (policy) => policy.text('arn'),
  },
  aws_iam_role_policy: {
    id: (policy) => `${policy.text('role')}:${policy.text('name')}`,
  },
  'data.aws_iam_policy_document': {
    json: policyDocumentJson,
    minified_json: policyDocumentJson,
  },
};
