import type { AttributeValue, Item } from '../../../../packages/dynamodb-offline/attribute-value';
import { conditionHolds } from '../../../../packages/dynamodb-offline/evaluation/condition';
import { wireValues } from '../../../../packages/dynamodb-offline/evaluation/wire-values';
import {
  ExpressionError,
  parseCondition,
  Placeholders,
  type Condition,
} from '../../../../packages/dynamodb-offline/expressions';
import * as model from './model';
import { pathText, Random, randomItem, randomPath, randomValue, Values } from './random';

/** A text, and what it means. */
interface Operand {
  readonly text: string;
  readonly value: (item: Item) => model.Found;
}

interface Meaning {
  readonly text: string;
  readonly holds: (item: Item) => boolean;
  /** Whether it is made of several conditions. */
  readonly isJoined?: boolean;
}

/** What expressions are drawn from. */
interface Draw {
  readonly random: Random;
  readonly values: Values;
  readonly item: Item;
}

function operand({ random, values, item: sample }: Draw): Operand {
  const path = randomPath(random, sample);
  const read = (item: Item) => model.find(item, path);
  switch (random.below(6)) {
    case 0:
      return { text: `size(${pathText(path)})`, value: (item) => model.size(read(item)) };
    case 1:
    case 2:
    case 3: {
      const value = randomValue(random, 1);
      return { text: values.name(value), value: () => value };
    }
    case 4:
      return { text: `(${pathText(path)})`, value: read };
    default:
      return { text: pathText(path), value: read };
  }
}

const COMPARISONS: Record<string, (left: model.Found, right: model.Found) => boolean> = {
  '=': model.isEqual,
  '<>': (left, right) => !model.isEqual(left, right),
  '<': (left, right) => model.order(left, right) < 0,
  '<=': (left, right) => model.order(left, right) <= 0,
  '>': (left, right) => model.order(left, right) > 0,
  '>=': (left, right) => model.order(left, right) >= 0,
};

function simple(draw: Draw): Meaning {
  const { random, values } = draw;
  const [one, two, three] = [operand(draw), operand(draw), operand(draw)];
  const path = randomPath(random, draw.item);
  switch (random.below(7)) {
    case 0:
      return {
        text: `${one.text} BETWEEN ${two.text} AND ${three.text}`,
        holds: (item) =>
          model.order(one.value(item), two.value(item)) >= 0 &&
          model.order(one.value(item), three.value(item)) <= 0,
      };
    case 1:
      return {
        text: `${one.text} in (${two.text}, ${three.text})`,
        holds: (item) => [two, three].some((each) => model.isEqual(one.value(item), each.value(item))),
      };
    case 2: {
      const type = random.of(['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'BOOL', 'NULL']);
      return {
        text: `attribute_type(${pathText(path)}, ${values.name({ S: type })})`,
        holds: (item) => Object.keys(model.find(item, path) ?? {})[0] === type,
      };
    }
    case 3:
      return {
        text: `begins_with(${one.text}, ${two.text})`,
        holds: (item) => model.beginsWith(one.value(item), two.value(item)),
      };
    case 4:
      return {
        text: `contains(${one.text}, ${two.text})`,
        holds: (item) => model.contains(one.value(item), two.value(item)),
      };
    case 5:
      return {
        text: `attribute_exists(${pathText(path)})`,
        holds: (item) => model.find(item, path) !== undefined,
      };
    default: {
      const comparator = random.of(Object.keys(COMPARISONS));
      return {
        text: `${one.text} ${comparator} ${two.text}`,
        holds: (item) => COMPARISONS[comparator]?.(one.value(item), two.value(item)) ?? false,
      };
    }
  }
}

/** Alternatives of conjunctions of perhaps negated conditions, as the precedence of AND, OR and NOT reads them. */
function condition(draw: Draw, depth: number): Meaning {
  const { random } = draw;
  const term = (): Meaning => {
    const inner = depth > 0 && random.below(3) === 0 ? condition(draw, depth - 1) : simple(draw);
    const text = inner.isJoined ? `(${inner.text})` : inner.text;
    if (random.below(3) > 0) return { text, holds: inner.holds };
    return { text: `NOT ${text}`, holds: (item) => !inner.holds(item) };
  };
  const conjunction = (): Meaning => {
    const terms = [term(), ...random.list(1, term)];
    return {
      text: terms.map(({ text }) => text).join(' AND '),
      holds: (item) => terms.every(({ holds }) => holds(item)),
      isJoined: terms.length > 1,
    };
  };
  const conjunctions = [conjunction(), ...random.list(1, conjunction)];
  return {
    text: conjunctions.map(({ text }) => text).join(' OR '),
    holds: (item) => conjunctions.some(({ holds }) => holds(item)),
    isJoined: conjunctions.length > 1 || conjunctions.some(({ isJoined }) => isJoined),
  };
}

test('random conditions hold for random items exactly when the model says so', () => {
  const random = new Random(20);
  const outcomes = { true: 0, false: 0, refused: 0 };
  for (let round = 0; round < 2000; round++) {
    const values = new Values();
    const item = randomItem(random, 3);
    const { text, holds } = condition({ random, values, item }, 2);
    const parsed = parsedUnlessRefused(text, values);
    if (parsed === undefined) {
      outcomes.refused++;
      continue;
    }
    const expected = holds(item);
    const actual = conditionHolds(parsed, item);
    if (actual !== expected) expect({ text, values, item, holds: actual }).toEqual({ holds: expected });
    outcomes[expected ? 'true' : 'false']++;
  }
  expect(Math.min(outcomes.true, outcomes.false)).toBeGreaterThan(200);
});

/** Operands are of random types, some of which DynamoDB refuses; nothing else can be wrong with these expressions. */
function parsedUnlessRefused(text: string, values: Values): Condition<AttributeValue> | undefined {
  try {
    const placeholders = new Placeholders({ ExpressionAttributeValues: values.named }, wireValues);
    return parseCondition('ConditionExpression', text, placeholders);
  } catch (error) {
    if (error instanceof ExpressionError && /operand|BETWEEN/.test(error.message)) return undefined;
    throw error;
  }
}
