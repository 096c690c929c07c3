import { evaluate } from '../../../../../packages/terraform-offline/terraform/language/evaluation/evaluate';
import { parseExpression } from '../../../../../packages/terraform-offline/terraform/language/syntax/parser';
import {
  objectOf,
  type Value,
} from '../../../../../packages/terraform-offline/terraform/language/values/value';
import { toPlain } from '../../../../../packages/terraform-offline/terraform/language/values/plain';
import { EXPRESSIONS } from './expressions';

const names: Readonly<Record<string, Value>> = {
  path: objectOf([
    ['module', '.'],
    ['root', '.'],
  ]),
  terraform: objectOf([['workspace', 'default']]),
};

function valueOf(expression: string): unknown {
  const context = { folder: __dirname, now: new Date('2026-01-02T03:04:05Z'), seed: 'test' };
  return toPlain(evaluate(parseExpression(expression), { context, lookup: (name) => names[name] ?? null }));
}

it.each(EXPRESSIONS)('%s', (expression, value) => {
  expect(valueOf(expression)).toEqual(value);
});
