import type { AttributeValue, Item } from '../../../../packages/dynamodb-offline/attribute-value';
import { DynamoDBError } from '../../../../packages/dynamodb-offline/errors';
import { project } from '../../../../packages/dynamodb-offline/evaluation/projection';
import { applyUpdate } from '../../../../packages/dynamodb-offline/evaluation/update';
import { wireValues } from '../../../../packages/dynamodb-offline/evaluation/wire-values';
import { parseUpdate, Placeholders, type Path } from '../../../../packages/dynamodb-offline/expressions';
import { canonical, changed, find, Refused, scaled, unscaled, type Change, type Found } from './model';
import { pathText, Random, randomItem, randomPath, randomValue, Values } from './random';

/** An action of an update: its section and text, and what it comes to for an item. */
interface Action {
  readonly section: 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
  readonly text: string;
  readonly path: Path;
  readonly value: (item: Item) => Found;
}

interface Operand {
  readonly text: string;
  readonly value: (item: Item) => AttributeValue;
}

/** What expressions are drawn from. */
interface Draw {
  readonly random: Random;
  readonly values: Values;
  readonly item: Item;
}

function operand(draw: Draw, make: () => AttributeValue): Operand {
  const { random, values } = draw;
  const path = randomPath(random, draw.item);
  switch (random.below(5)) {
    case 0:
    case 1:
      return { text: pathText(path), value: (item) => existing(find(item, path)) };
    case 2: {
      const otherwise = operand(draw, make);
      return {
        text: `if_not_exists(${pathText(path)}, ${otherwise.text})`,
        value: (item) => find(item, path) ?? otherwise.value(item),
      };
    }
    default: {
      const value = make();
      return { text: values.name(value), value: () => value };
    }
  }
}

function existing(value: Found): AttributeValue {
  if (value === undefined) throw new Refused('absent');
  return value;
}

function setValue(draw: Draw): Operand {
  const { random } = draw;
  const number = () => ({ N: random.of(['1', '-2', '0.25', '100']) });
  const list = (): AttributeValue => ({ L: random.list(2, () => randomValue(random, 0)) });
  switch (random.below(4)) {
    case 0: {
      const sign = random.of(['+', '-']);
      const [left, right] = [operand(draw, number), operand(draw, number)];
      return {
        text: `${left.text} ${sign} ${right.text}`,
        value: (item) => {
          const [one, two] = [left.value(item), right.value(item)];
          if (!('N' in one && 'N' in two)) throw new Refused('type');
          return { N: unscaled(scaled(one.N) + (sign === '+' ? scaled(two.N) : -scaled(two.N))) };
        },
      };
    }
    case 1: {
      const [first, second] = [operand(draw, list), operand(draw, list)];
      return {
        text: `list_append(${first.text}, ${second.text})`,
        value: (item) => {
          const [one, two] = [first.value(item), second.value(item)];
          if (!('L' in one && 'L' in two)) throw new Refused('type');
          return { L: [...one.L, ...two.L] };
        },
      };
    }
    default:
      return operand(draw, () => randomValue(random, 2));
  }
}

function action(draw: Draw, path: Path): Action {
  const { random, values, item: sample } = draw;
  const text = pathText(path);
  const section = random.of(['SET', 'SET', 'SET', 'REMOVE', 'ADD', 'DELETE'] as const);
  if (section === 'REMOVE') return { section, text, path, value: () => undefined };
  if (section === 'SET') {
    const set = setValue(draw);
    return { section, text: `${text} = ${set.text}`, path, value: (item) => set.value(item) };
  }
  const given = elements(random, section, find(sample, path));
  return {
    section,
    text: `${text} ${values.name(given)}`,
    path,
    value: (item) => (section === 'ADD' ? added(find(item, path), given) : deleted(find(item, path), given)),
  };
}

/** Something to add or delete, often of the type of what is there. */
function elements(random: Random, section: 'ADD' | 'DELETE', current: Found): AttributeValue {
  for (;;) {
    if (current && 'N' in current && section === 'ADD') return { N: random.of(['1', '-0.25', '10']) };
    const value = randomValue(random, 0);
    if ('SS' in value || 'NS' in value || 'BS' in value || ('N' in value && section === 'ADD')) return value;
  }
}

/** A set's type and members. */
function setOf(value: AttributeValue): [string, string[]] {
  const [type = '', members] = Object.entries(value)[0] ?? [];
  if (!Array.isArray(members) || type === 'L') throw new Refused('type');
  return [type, members as string[]];
}

function added(current: Found, given: AttributeValue): Found {
  if (current === undefined) return given;
  if ('N' in current && 'N' in given) return { N: unscaled(scaled(current.N) + scaled(given.N)) };
  const [[type, members], [other, more]] = [setOf(current), setOf(given)];
  if (type !== other) throw new Refused('type');
  return { [type]: [...new Set([...members, ...more])] } as unknown as AttributeValue;
}

function deleted(current: Found, given: AttributeValue): Found {
  if (current === undefined) return undefined;
  const [[type, members], [other, gone]] = [setOf(current), setOf(given)];
  if (type !== other) throw new Refused('type');
  const left = members.filter((member) => !gone.includes(member));
  return left.length === 0 ? undefined : ({ [type]: left } as unknown as AttributeValue);
}

/** Paths of which none leads to or through another, and none takes for a map what another takes for a list. */
function apart(paths: readonly Path[]): Path[] {
  const chosen: Path[] = [];
  for (const path of paths) {
    const clashes = chosen.some((other) => {
      const at = path.findIndex((step, index) => step !== other[index]);
      if (at === -1 || at === other.length) return true;
      return typeof path[at] !== typeof other[at];
    });
    if (!clashes) chosen.push(path);
  }
  return chosen;
}

function expressionOf(actions: readonly Action[], random: Random): string {
  const sections = [...new Set(actions.map(({ section }) => section))].sort(() => random.below(3) - 1);
  return sections
    .map((section) => {
      const texts = actions.filter((each) => each.section === section).map(({ text }) => text);
      return `${section} ${texts.join(', ')}`;
    })
    .join(' ');
}

function modelled(item: Item, actions: readonly Action[]): { item: Item; changes: Change[] } | undefined {
  try {
    const changes = actions.map(({ path, value }) => ({ path, value: value(item) }));
    return { item: changed(item, changes), changes };
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function evaluated(text: string, values: Values, item: Item): ReturnType<typeof applyUpdate> | undefined {
  const placeholders = new Placeholders<AttributeValue>(
    { ExpressionAttributeValues: values.named },
    wireValues,
  );
  const update = parseUpdate(text, placeholders);
  placeholders.refuseUnused();
  try {
    return applyUpdate(update, item, {});
  } catch (error) {
    if (error instanceof DynamoDBError && error.name === 'ValidationException') return undefined;
    throw error;
  }
}

test('random updates make of random items what the model makes of copies', () => {
  const random = new Random(19);
  const outcomes = { done: 0, refused: 0 };
  for (let round = 0; round < 2000; round++) {
    const values = new Values();
    const item = randomItem(random, 3);
    const paths = apart([randomPath(random, item), ...random.list(2, () => randomPath(random, item))]);
    const actions = paths.map((path) => action({ random, values, item }, path));
    const text = expressionOf(actions, random);
    const before = structuredClone(item);

    const expected = modelled(item, actions);
    const result = evaluated(text, values, item);
    outcomes[result ? 'done' : 'refused']++;
    const after = expected?.changes.flatMap(({ value }) => (value ? leaves({ value }) : []));
    const shown = { before: canonical({ M: before }), item: expected && canonical({ M: expected.item }) };
    const wanted = {
      ...shown,
      touched: expected && [canonical({ M: project(paths, before) }), after?.sort()],
    };
    const got = {
      before: canonical({ M: item }),
      item: result && canonical({ M: result.item }),
      touched: result && [canonical({ M: result.touched.before }), leaves(result.touched.after)],
    };
    if (JSON.stringify(got) !== JSON.stringify(wanted)) expect({ text, values, ...got }).toEqual(wanted);
  }
  expect(Math.min(outcomes.done, outcomes.refused)).toBeGreaterThan(200);
});

/** The values in documents that are no documents, or empty ones, in one order. */
function leaves(item: Item): string[] {
  return Object.values(item)
    .flatMap((value): string[] => {
      if ('M' in value && Object.keys(value.M).length > 0) return leaves(value.M);
      if ('L' in value && value.L.length > 0) return value.L.flatMap((element) => leaves({ element }));
      return [canonical(value)];
    })
    .sort();
}

test('random projections show what the model finds, in the order of indexes and without gaps', () => {
  const random = new Random(21);
  for (let round = 0; round < 1000; round++) {
    const item = randomItem(random, 3);
    const paths = apart([randomPath(random, item), ...random.list(4, () => randomPath(random, item))]);
    const found = paths.filter((path) => find(item, path) !== undefined);
    const projected = project(paths, item);
    const wanted = found.map((path) => canonicalAt(item, path));
    const got = found.map((path) => canonicalAt(projected, dense(path, found)));
    if (JSON.stringify(got) !== JSON.stringify(wanted)) expect({ paths, item, projected }).toEqual(wanted);
    const all = found.flatMap((path) => leaves({ value: find(item, path) ?? { M: {} } })).sort();
    if (JSON.stringify(leaves(projected)) !== JSON.stringify(all))
      expect({ paths, item, projected }).toEqual(all);
  }
});

function canonicalAt(item: Item, path: readonly (string | number)[]): string | undefined {
  const value = find(item, path);
  return value && canonical(value);
}

/** Where a path leads when only the elements on the found paths are left of every list. */
function dense(path: Path, found: readonly Path[]): (string | number)[] {
  return path.map((step, index) =>
    typeof step === 'string' ? step : positionOf(step, path.slice(0, index), found),
  );
}

/** Where an element stands when only those of the found paths are left of its list. */
function positionOf(index: number, list: readonly (string | number)[], found: readonly Path[]): number {
  const shown = found
    .filter((path) => list.every((step, at) => path[at] === step))
    .map((path) => path[list.length])
    .filter((step): step is number => typeof step === 'number');
  return [...new Set(shown)].filter((other) => other < index).length;
}
