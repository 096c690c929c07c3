import { parsePolicy } from 'terraform-offline/iam/policy';
import { isDeepStrictEqual } from 'node:util';
import { isUnknown } from '../change';
import { isWritten } from '../expressions';
import { policyOfBody } from '../open-api';
import type { ResourceChange } from '../plan-json';
import type { RuleContext } from '../rule';
import { policyDocumentText } from './policy-document';
import { rightsOf, type Right } from './right';

/** What the policies in one attribute give, or why nobody can say. */
export interface Document {
  readonly attribute: string;
  readonly rights: readonly Right[];
  /** One of them cannot be read, or is not known yet. */
  readonly problem?: string;
}

/** The policies a resource has today. One that cannot be read counts as none, so that all of the new ones is judged. */
export function documentsBefore({ type, change: { before } }: ResourceChange): Document[] {
  return Object.keys(before ?? {}).flatMap((attribute) => read(type, attribute, before?.[attribute]));
}

/** The policies a resource will have, whatever the attribute that holds them is called, and however deep they stand in it. */
export function documentsAfter(resource: ResourceChange, context: RuleContext): Document[] {
  const { type, change } = resource;
  const attributes = new Set([...Object.keys(change.after ?? {}), ...keysOf(change.after_unknown)]);
  return [...attributes].flatMap((attribute) => {
    if (!isUnknown(change.after_unknown, [attribute])) {
      const found = read(type, attribute, change.after?.[attribute]);
      const isSame = isDeepStrictEqual(change.before?.[attribute], change.after?.[attribute]);
      return isSame ? found.filter(({ problem }) => problem === undefined) : found;
    }
    const written = withKnown(writtenFor(resource, attribute, context), context);
    const found = read(type, attribute, written);
    if (found.length > 0 && !OPEN.test(JSON.stringify(written))) return found;
    return isPolicy(type, attribute) && isWritten(resource, [attribute], context.plan)
      ? [{ attribute, rights: [], problem: UNKNOWN }]
      : [];
  });
}

const UNKNOWN =
  'has a policy known only after the apply, which nobody can review: apply first what it refers to, or, of an app of CDK for Terraform, put its cdk.tf.json beside the plan';

/** A reference whose value no configuration shows: of a variable, a local, a module, a function's result. */
const OPEN = /(?<!\$)\$\{(?!aws:|data\.aws_(caller_identity|region|partition)\.|aws_\w+\.[\w-]+\.\w+\})/;

/** Whether an attribute holds a policy of IAM's and nothing else, which therefore has to be one. */
function isPolicy(type: string, attribute: string): boolean {
  return (
    type.startsWith('aws') &&
    POLICIES.includes(attribute) &&
    !(attribute === 'policy' && OTHER_POLICIES.includes(type))
  );
}

const POLICIES = [
  'access_policies',
  'access_policy',
  'assume_role_policy',
  'inline_policy',
  'policy',
  'policy_document',
  'resource_policy',
];

/** Types whose `policy` is in another language. */
const OTHER_POLICIES = [
  'aws_appautoscaling_policy',
  'aws_dlm_lifecycle_policy',
  'aws_ecr_lifecycle_policy',
  'aws_load_balancer_policy',
  'aws_networkfirewall_firewall_policy',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_sns_topic_data_protection_policy',
  'aws_ssoadmin_permission_set',
  'aws_opensearchserverless_access_policy',
  'aws_opensearchserverless_security_policy',
  'aws_opensearchserverless_lifecycle_policy',
];

function read(type: string, attribute: string, value: unknown): Document[] {
  if (attribute === 'body')
    return read(type, 'policy', policyOfBody(value)).map((of) => ({ ...of, attribute }));
  const texts = [...textsIn(value)].filter(
    (text) => isStatements(text) || (isPolicy(type, attribute) && text.trim().startsWith('{')),
  );
  const unreadable =
    isPolicy(type, attribute) && typeof value === 'string' && value !== '' && texts.length === 0;
  const documents = (unreadable ? [value] : texts).map((text) => document(attribute, text));
  if (documents.length === 0) return [];
  const problem = documents.find((one) => one.problem)?.problem;
  return [{ attribute, rights: documents.flatMap(({ rights }) => rights), ...(problem && { problem }) }];
}

/** Whether a text is a policy's, whatever its attribute is called, and however its characters are written. */
function isStatements(text: string): boolean {
  const plain = text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return /"Statement"/i.test(plain);
}

function document(attribute: string, text: string): Document {
  try {
    const policy = parsePolicy(attribute, text);
    const strange = strangeElement(JSON.parse(text) as Record<string, unknown>);
    if (strange !== undefined) throw new Error(`${attribute}: IAM knows no element ${strange}`);
    return { attribute, rights: rightsOf(policy) };
  } catch (error) {
    const problem = `has a policy that IAM would not read, and nobody can review: ${String((error as Error).message)}`;
    return { attribute, rights: [], problem };
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const ELEMENTS = ['Version', 'Id', 'Statement'];
const STATEMENT = ['Sid', 'Effect', 'Condition'].concat(
  ...['Principal', 'Action', 'Resource'].map((element) => [element, `Not${element}`]),
);

function strangeElement(policy: Record<string, unknown>): string | undefined {
  const statements = [policy.Statement ?? []].flat() as object[];
  return (
    Object.keys(policy).find((element) => !ELEMENTS.includes(element)) ??
    statements.flatMap((statement) => Object.keys(statement)).find((element) => !STATEMENT.includes(element))
  );
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) yield* textsIn(part);
  }
}

function keysOf(unknown: unknown): string[] {
  return typeof unknown === 'object' && unknown !== null ? Object.keys(unknown) : [];
}

/** What the configuration at hand, which is of the root module, has for an attribute. */
function writtenFor(
  { address, type, name }: ResourceChange,
  attribute: string,
  { configuration }: RuleContext,
): unknown {
  return address.startsWith('module.') ? undefined : configuration?.resource[type]?.[name]?.[attribute];
}

/** A configuration's value with documents, and what the plan knows, in place of references. */
function withKnown(value: unknown, context: RuleContext): unknown {
  if (Array.isArray(value)) return value.map((part) => withKnown(part, context));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withKnown(part, context)]));
  }
  if (typeof value !== 'string') return value;
  const [, document] =
    /^\$\{data\.aws_iam_policy_document\.([\w-]+)\.(?:minified_)?json\}$/.exec(value) ?? [];
  const source =
    document === undefined ? undefined : context.configuration?.data.aws_iam_policy_document?.[document];
  const text = (source && policyDocumentText(source)) ?? value;
  return text.replace(/\$\{(\w+\.[\w-]+)\.(\w+)\}/g, (reference, address: string, attribute: string) => {
    const [known] = context.plan.byAddress.get(address) ?? [];
    const found = known?.change.after?.[attribute];
    return typeof found === 'string' ? found : reference;
  });
}
