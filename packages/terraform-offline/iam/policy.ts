import { isObject } from '../is-object';
import { CONDITION_OPERATORS } from './condition-operators';

/** A policy document, every form of it made one; `name` is what its owner calls it. */
export interface Policy {
  readonly name: string;
  /** Before 2012-10-17, `${…}` is no variable. Default: 2008-10-17, as in IAM. */
  readonly version?: string | undefined;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Of actions and resources, either the element or its `Not…` form has patterns. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** Both empty in a trust policy. */
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Whom a trust or resource-based policy means. Default: it is an identity-based one, which says nobody. */
  readonly principals?: Principals | undefined;
  /** All but these. */
  readonly notPrincipals?: Principals | undefined;
  /** All must hold. Default: none. */
  readonly conditions?: readonly Condition[] | undefined;
}

/** By kind, `AWS`, `Service`, `Federated` or `CanonicalUser`; `"*"` is `{ AWS: ['*'] }`. */
export type Principals = Readonly<Record<string, readonly string[]>>;

export interface Condition {
  /** `ForAllValues:StringEqualsIfExists` */
  readonly operator: string;
  /** `dynamodb:LeadingKeys` */
  readonly key: string;
  /** One of them is enough; none of them, where the operator negates. */
  readonly values: readonly string[];
}

/**
 * Reads a policy document.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @param name how its owner calls it
 * @param json the document: an object, or its JSON text
 * @param where for errors: `data-api: aws_iam_role_policy.write.policy`
 * @throws when it is no policy, naming the element
 */
export function parsePolicy(name: string, json: unknown, where = name): Policy {
  const document = typeof json === 'string' ? parseJson(json, where) : json;
  if (!isObject(document)) throw new Error(`${where}: expected a policy, received ${JSON.stringify(json)}`);
  const { Version: version, Statement: statements = [] } = document;
  return {
    name,
    version: typeof version === 'string' ? version : undefined,
    statements: (Array.isArray(statements) ? statements : [statements]).map((statement: unknown, i) =>
      parseStatement(statement, `${where}.Statement[${i}]`),
    ),
  };
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${where}: expected JSON, received ${JSON.stringify(text)}`);
  }
}

function parseStatement(json: unknown, where: string): Statement {
  if (!isObject(json)) throw new Error(`${where}: expected a statement, received ${JSON.stringify(json)}`);
  const { Sid, Effect, Principal, NotPrincipal, Condition: conditions = {} } = json;
  if (Effect !== 'Allow' && Effect !== 'Deny') {
    throw new Error(`${where}.Effect: expected Allow or Deny, received ${String(Effect)}`);
  }
  const patterns = (element: string) => (element in json ? texts(json[element], `${where}.${element}`) : []);
  return {
    ...(typeof Sid === 'string' && Sid !== '' && { sid: Sid }),
    effect: Effect,
    actions: patterns('Action'),
    notActions: patterns('NotAction'),
    resources: patterns('Resource'),
    notResources: patterns('NotResource'),
    ...(Principal !== undefined && { principals: parsePrincipals(Principal, `${where}.Principal`) }),
    ...(NotPrincipal !== undefined && {
      notPrincipals: parsePrincipals(NotPrincipal, `${where}.NotPrincipal`),
    }),
    conditions: parseConditions(conditions, `${where}.Condition`),
  };
}

function parsePrincipals(json: unknown, where: string): Principals {
  if (json === '*') return { AWS: ['*'] };
  if (!isObject(json)) throw new Error(`${where}: expected principals, received ${JSON.stringify(json)}`);
  return Object.fromEntries(
    Object.entries(json).map(([kind, names]) => [kind, texts(names, `${where}.${kind}`)]),
  );
}

function parseConditions(json: unknown, where: string): Condition[] {
  if (!isObject(json)) throw new Error(`${where}: expected conditions, received ${JSON.stringify(json)}`);
  return Object.entries(json).flatMap(([operator, keys]) => {
    if (!isOperator(operator)) throw new Error(`${where}: ${operator} is no operator of IAM's`);
    if (!isObject(keys)) throw new Error(`${where}.${operator}: expected keys and values`);
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: texts(values, `${where}.${operator}.${key}`),
    }));
  });
}

/** Qualified or not: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function isOperator(operator: string): boolean {
  return operator.replace(/^For(AllValues|AnyValue):/, '').replace(/IfExists$/, '') in CONDITION_OPERATORS;
}

/** One text or several; numbers and booleans are taken as text, as IAM does. */
function texts(json: unknown, where: string): readonly string[] {
  const list: unknown[] = Array.isArray(json) ? json : [json];
  return list.map((element) => {
    if (typeof element === 'string') return element;
    if (typeof element === 'number' || typeof element === 'boolean') return String(element);
    throw new Error(`${where}: expected a text or a list of texts, received ${JSON.stringify(json)}`);
  });
}
