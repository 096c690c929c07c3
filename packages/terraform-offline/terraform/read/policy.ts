import { isObject } from '../../is-object';
import { type Block, jsonBlock } from '../language/configuration/block';
import type { PolicyDocument, PolicyStatement } from '../model';

/**
 * An IAM policy in JSON, every form of it made one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @param holder the resource with the policy in its attribute `policy`
 * @throws when it is no policy, or one with a condition
 */
export function readPolicy(holder: Block): PolicyDocument {
  const json = holder.json('policy');
  const where = `${holder.where}.policy`;
  if (!isObject(json)) throw new Error(`${where}: expected a policy, received ${JSON.stringify(json)}`);
  const statements = jsonBlock(where, json).blocks('Statement');
  return { name: holder.text('name'), statements: statements.map(readStatement) };
}

function readStatement(statement: Block): PolicyStatement {
  statement.refuse('Condition', 'conditions are not evaluated locally; name actions and resources instead');
  const effect = statement.text('Effect');
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new Error(`${statement.where}.Effect: expected Allow or Deny, received ${effect}`);
  }
  return {
    effect,
    actions: oneOrMore(statement, 'Action'),
    notActions: oneOrMore(statement, 'NotAction'),
    resources: oneOrMore(statement, 'Resource'),
    notResources: oneOrMore(statement, 'NotResource'),
  };
}

function oneOrMore(statement: Block, element: string): readonly string[] {
  const value = statement.value(element);
  return typeof value === 'string' ? [value] : statement.texts(element);
}
