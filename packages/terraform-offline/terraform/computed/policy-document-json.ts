import { isObject } from '../../is-object';
import { refuseGaps } from '../coverage/gaps';
import type { Block } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';

interface Document {
  readonly Version?: string | undefined;
  readonly Id?: string | undefined;
  readonly Statement: readonly Statement[];
}

type Statement = Readonly<Record<string, unknown>>;

/** What the data source renders, as the provider does: indented by two spaces. */
export function policyDocumentJson(document: Resource): string {
  return JSON.stringify(merged(document), null, 2);
}

/** Likewise, on one line. */
export function minifiedPolicyDocument(document: Resource): string {
  return JSON.stringify(merged(document));
}

/**
 * Its own statements on top of those of its sources, and under those that override them.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document#source_policy_documents-1
 */
function merged(document: Resource): Document {
  refuseGaps(document);
  const sources = documentsIn(document, 'source_json', 'source_policy_documents');
  refuseSameSids(document, sources);
  const own = {
    Version: document.text('version', '2012-10-17'),
    Id: document.optionalText('policy_id'),
    Statement: document.blocks('statement').map(statementJson),
  };
  refuseSameSids(document, [own]);
  const overrides = documentsIn(document, 'override_policy_documents', 'override_json');
  return [...sources, own, ...overrides].reduce(merge, { Statement: [] });
}

/** `source_json` and `override_json` are how providers before version 5 have one of them. */
function documentsIn(document: Resource, ...attributes: readonly string[]): Document[] {
  const texts = attributes.flatMap((attribute) =>
    attribute.endsWith('_json') ? (document.optionalText(attribute) ?? []) : document.texts(attribute),
  );
  return texts.map((text) => {
    const json: unknown = JSON.parse(text);
    if (!isObject(json)) throw new Error(`${document.where}: expected a policy, received ${text}`);
    const { Version, Id, Statement = [] } = json;
    return {
      ...(typeof Version === 'string' && { Version }),
      ...(typeof Id === 'string' && { Id }),
      Statement: [Statement].flat() as Statement[],
    };
  });
}

/** A statement takes the place of the one with its Sid; one without is added. */
function merge(document: Document, next: Document): Document {
  const statements = [...document.Statement];
  for (const statement of next.Statement) {
    const same = statement.Sid ? statements.findIndex(({ Sid }) => Sid === statement.Sid) : -1;
    if (same < 0) statements.push(statement);
    else statements[same] = statement;
  }
  return {
    Version: [document.Version, next.Version].sort().findLast((version) => version !== undefined),
    Id: next.Id ?? document.Id,
    Statement: statements,
  };
}

function refuseSameSids({ where }: Resource, documents: readonly Document[]): void {
  const known = new Set<string>();
  for (const { Sid } of documents.flatMap(({ Statement }) => Statement)) {
    if (typeof Sid !== 'string' || Sid === '') continue;
    if (known.has(Sid)) throw new Error(`${where}: duplicate Sid (${Sid}): make the Sids unique`);
    known.add(Sid);
  }
}

function statementJson(statement: Block): Statement {
  return {
    ...(statement.text('sid', '') !== '' && { Sid: statement.text('sid') }),
    Effect: statement.text('effect', 'Allow'),
    Action: oneOrMore(sorted(statement.texts('actions'))),
    NotAction: oneOrMore(sorted(statement.texts('not_actions'))),
    Resource: oneOrMore(sorted(statement.texts('resources').map(withVariables))),
    NotResource: oneOrMore(sorted(statement.texts('not_resources').map(withVariables))),
    Principal: principalsJson(statement.blocks('principals')),
    NotPrincipal: principalsJson(statement.blocks('not_principals')),
    Condition: conditionsJson(statement.blocks('condition')),
  };
}

function principalsJson(blocks: readonly Block[]): unknown {
  if (blocks.length === 0) return undefined;
  const byType: Record<string, string[]> = {};
  for (const block of blocks) {
    const identifiers = sorted(block.texts('identifiers').map(withVariables));
    (byType[block.text('type')] ??= []).push(...identifiers);
  }
  const { '*': anyone, ...others } = byType;
  if (anyone?.join() === '*' && Object.keys(others).length === 0) return '*';
  return Object.fromEntries(Object.entries(byType).map(([type, names]) => [type, oneOrMore(names)]));
}

function conditionsJson(blocks: readonly Block[]): unknown {
  if (blocks.length === 0) return undefined;
  const byTest: Record<string, Record<string, string[]>> = {};
  for (const block of blocks) {
    const variables = (byTest[block.text('test')] ??= {});
    (variables[block.text('variable')] ??= []).push(...block.texts('values').map(withVariables));
  }
  return Object.fromEntries(
    Object.entries(byTest).map(([test, variables]) => [
      test,
      Object.fromEntries(Object.entries(variables).map(([key, values]) => [key, oneOrMore(values)])),
    ]),
  );
}

/** `&{aws:username}` is how a policy variable is written where Terraform would take `${…}` for its own. */
function withVariables(text: string): string {
  return text.replaceAll('&{', '${');
}

/** From the last to the first, as the provider has them. */
function sorted(texts: readonly string[]): string[] {
  return [...texts].sort().reverse();
}

function oneOrMore(texts: readonly string[]): string | readonly string[] | undefined {
  return texts.length > 1 ? texts : texts[0];
}
