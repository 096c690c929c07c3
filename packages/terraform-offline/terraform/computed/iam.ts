import { ACCOUNT } from '../../iam/arn';
import { managedPolicyArn, managedPolicyDocument } from '../../iam/managed-policies';
import type { Resource } from '../language/configuration/resource';
import type { ComputedAttributes } from './computed-attributes';
import { minifiedPolicyDocument, policyDocumentJson } from './policy-document-json';

export const iam: ComputedAttributes = {
  aws_iam_role: {
    name: madeUpName,
    arn: (role) => `arn:aws:iam::${ACCOUNT}:role${role.text('path', '/')}${role.text('name')}`,
    id: (role) => role.text('name'),
    unique_id: (role) => `AROA${role.uniqueId(17).toUpperCase()}`,
  },
  aws_iam_user: {
    arn: (user) => `arn:aws:iam::${ACCOUNT}:user${user.text('path', '/')}${user.text('name')}`,
    id: (user) => user.text('name'),
    unique_id: (user) => `AIDA${user.uniqueId(17).toUpperCase()}`,
  },
  aws_iam_group: {
    arn: (group) => `arn:aws:iam::${ACCOUNT}:group${group.text('path', '/')}${group.text('name')}`,
    id: (group) => group.text('name'),
    unique_id: (group) => `AGPA${group.uniqueId(17).toUpperCase()}`,
  },
  aws_iam_policy: {
    name: madeUpName,
    arn: (policy) => `arn:aws:iam::${ACCOUNT}:policy${policy.text('path', '/')}${policy.text('name')}`,
    id: (policy) => policy.text('arn'),
    policy_id: (policy) => `ANPA${policy.uniqueId(17).toUpperCase()}`,
  },
  aws_iam_role_policy: {
    name: madeUpName,
    id: (policy) => `${policy.text('role')}:${policy.text('name')}`,
  },
  aws_iam_policy_attachment: {
    id: (attachment) => attachment.text('name'),
  },
  'data.aws_iam_role': {
    arn: (role) =>
      declared(role, 'aws_iam_role')?.text('arn') ?? `arn:aws:iam::${ACCOUNT}:role/${role.text('name')}`,
    id: (role) => role.text('name'),
  },
  'data.aws_iam_policy': {
    arn: policyArn,
    id: policyArn,
    name: (source) => policyArn(source).split('/').at(-1)!,
    policy: (source) => {
      const arn = policyArn(source);
      const document =
        managedPolicyDocument(arn) ?? source.configuration.find('aws_iam_policy', 'arn', arn)?.text('policy');
      if (document !== undefined) return document;
      throw new Error(
        `what ${arn} allows is not known here: give it with --value ${source.address}.policy=…`,
      );
    },
  },
  'data.aws_iam_policy_document': {
    json: policyDocumentJson,
    minified_json: minifiedPolicyDocument,
    id: (document) => document.uniqueId(10),
  },
};

/** https://developer.hashicorp.com/terraform/plugin/sdkv2/resources/naming: of a prefix, or of none */
function madeUpName(resource: Resource): string {
  const prefix = resource.optionalText('name_prefix') ?? 'terraform-';
  return `${prefix}${resource.uniqueId(26)}`;
}

/** One of the two is set, and the other one follows. */
function policyArn(source: Resource): string {
  if (source.names.includes('arn')) return source.text('arn');
  return (
    declared(source, 'aws_iam_policy')?.text('arn') ??
    managedPolicyArn(source.text('name')) ??
    `arn:aws:iam::${ACCOUNT}:policy/${source.text('name')}`
  );
}

/** What the data source finds, where the configuration itself makes it. */
function declared(source: Resource, type: string): Resource | undefined {
  return source.configuration.find(type, 'name', source.text('name'));
}
