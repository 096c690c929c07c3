import { load } from './support';

type Document = Record<string, unknown>;

/** The JSON of the document called `doc`, parsed. */
async function rendered(doc: Document, others: Record<string, Document> = {}): Promise<unknown> {
  const { outputs, unserved } = await load({
    data: { aws_iam_policy_document: { ...others, doc } },
    output: { json: { value: '${data.aws_iam_policy_document.doc.json}' } },
  });
  if (typeof outputs.json !== 'string') throw new Error(unserved[0]?.reason);
  return JSON.parse(outputs.json);
}

const get = { actions: ['s3:GetObject'], resources: ['*'] };
const put = { actions: ['s3:PutObject'], resources: ['*'] };

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
it('renders statements, one value as a text, several in the provider’s order', async () => {
  const statement = [
    {
      sid: '1',
      actions: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'],
      resources: ['arn:aws:s3:::*'],
    },
    {
      effect: 'Deny',
      not_actions: ['s3:ListBucket'],
      not_resources: ['arn:aws:s3:::b'],
      condition: [
        { test: 'StringLike', variable: 's3:prefix', values: ['', 'home/', 'home/&{aws:username}/'] },
        { test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] },
      ],
    },
  ];
  expect(await rendered({ statement })).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: '1',
        Effect: 'Allow',
        Action: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'],
        Resource: 'arn:aws:s3:::*',
      },
      {
        Effect: 'Deny',
        NotAction: 's3:ListBucket',
        NotResource: 'arn:aws:s3:::b',
        Condition: {
          StringLike: { 's3:prefix': ['', 'home/', 'home/${aws:username}/'] },
          Bool: { 'aws:SecureTransport': 'false' },
        },
      },
    ],
  });
});

it.each<[what: string, principals: unknown[], json: unknown]>([
  ['a service', [{ type: 'Service', identifiers: ['a.amazonaws.com'] }], { Service: 'a.amazonaws.com' }],
  ['everybody', [{ type: '*', identifiers: ['*'] }], '*'],
  ['every account', [{ type: 'AWS', identifiers: ['*'] }], { AWS: '*' }],
  [
    'several of a kind, and of another',
    [
      { type: 'AWS', identifiers: ['a', 'b'] },
      { type: 'Federated', identifiers: ['f'] },
      { type: 'AWS', identifiers: ['c'] },
    ],
    { AWS: ['b', 'a', 'c'], Federated: 'f' },
  ],
])('renders as principal %s', async (_, principals, json) => {
  const statement = [{ actions: ['sts:AssumeRole'], principals }];
  expect(await rendered({ statement })).toMatchObject({ Statement: [{ Principal: json }] });
});

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document#example-of-merging-source-documents
it('merges its sources, itself, and what overrides it, by Sid', async () => {
  const source = { policy_id: 'source', statement: [{ sid: 'A', ...get }, { sid: 'B', ...get }, get] };
  const second = { statement: [{ sid: 'C', ...get }] };
  const override = { statement: [{ sid: 'B', effect: 'Deny', ...put }, put] };
  const doc = {
    source_policy_documents: [
      '${data.aws_iam_policy_document.source.json}',
      '${data.aws_iam_policy_document.second.json}',
    ],
    override_policy_documents: ['${data.aws_iam_policy_document.override.json}'],
    statement: [{ sid: 'A', ...put }],
  };
  expect(await rendered(doc, { source, second, override })).toEqual({
    Version: '2012-10-17',
    Id: 'source',
    Statement: [
      { Sid: 'A', Effect: 'Allow', Action: 's3:PutObject', Resource: '*' },
      { Sid: 'B', Effect: 'Deny', Action: 's3:PutObject', Resource: '*' },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
      { Sid: 'C', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: '*' },
    ],
  });
});

it('merges the one of each that older providers have', async () => {
  const source = { statement: [{ sid: 'A', ...get }] };
  const doc = {
    source_json: '${data.aws_iam_policy_document.source.json}',
    override_json: JSON.stringify({ Statement: { Sid: 'B', Effect: 'Deny', Action: '*' } }),
    statement: [{ sid: 'B', ...put }],
  };
  expect(await rendered(doc, { source })).toMatchObject({
    Statement: [
      { Sid: 'A', Effect: 'Allow' },
      { Sid: 'B', Effect: 'Deny' },
    ],
  });
});

it('refuses two statements of one Sid, in it and in its sources', async () => {
  const same = { statement: [{ sid: 'A', ...get }] };
  const reason = 'test: data.aws_iam_policy_document.doc: duplicate Sid (A): make the Sids unique';
  await expect(rendered({ statement: [...same.statement, ...same.statement] })).rejects.toThrow(reason);
  const json = '${data.aws_iam_policy_document.same.json}';
  await expect(rendered({ source_policy_documents: [json, json] }, { same })).rejects.toThrow(reason);
});
