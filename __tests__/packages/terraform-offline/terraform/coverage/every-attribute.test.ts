import { Row, type Rows } from '../../../../../packages/terraform-offline/terraform/coverage/coverage';
import { TABLE } from '../../../../../packages/terraform-offline/terraform/coverage/table';
import { load, type TerraformJson } from '../support';
import { ONE_OF_EACH, unservedPart } from './one-of-each';
import { type Attribute, attributesOf } from './provider-types';

type Attributes = Readonly<Record<string, unknown>>;

/** All of it, and `one` of the type with these attributes besides, each under its path. */
function withAttributes(type: string, more: Attributes): TerraformJson {
  const kind = type.startsWith('data.') ? 'data' : 'resource';
  const name = type.replace('data.', '');
  const all: TerraformJson[typeof kind] = ONE_OF_EACH[kind];
  const { one = {}, ...others } = all[name] ?? {};
  const changed = Object.entries(more).reduce(
    (body, [path, value]) => put(body, path.split('.'), value),
    one,
  );
  return { ...ONE_OF_EACH, [kind]: { ...all, [name]: { ...others, one: changed } } };
}

/** With a value at a path: blocks on it are made, or their first one is changed. */
function put(body: Attributes, [name, ...rest]: readonly string[], value: unknown): Attributes {
  if (rest.length === 0) return { ...body, [name!]: value };
  const blocks = [body[name!] ?? {}].flat() as Attributes[];
  return { ...body, [name!]: [put(blocks[0]!, rest, value), ...blocks.slice(1)] };
}

/** Some value of the attribute that none of its row's is. */
function valueOf({ path, type, isBlock }: Attribute, attributes: readonly Attribute[]): unknown {
  if (isBlock) {
    const inner = attributes.find((one) => one.path.startsWith(`${path}.`));
    return inner ? { [inner.path.slice(path.length + 1)]: valueOf(inner, attributes) } : {};
  }
  if (type.startsWith('{')) return { some: 'text' };
  if (type.startsWith('string[]')) return ['some-text'];
  if (type.startsWith('number')) return 7;
  return type.startsWith('boolean') ? true : 'some-text';
}

interface Case {
  readonly type: string;
  readonly path: string;
  readonly row: Row;
  readonly value: unknown;
}

const cases = Object.entries(TABLE).flatMap(([type, rows]) => {
  if (rows instanceof Row) return [];
  const attributes = attributesOf(type);
  return rowsOf(rows).map(([path, row]): Case => {
    const attribute = attributes.find((one) => one.path === path) ?? { path, type: 'string', isBlock: false };
    return { type, path, row, value: valueOf(attribute, attributes) };
  });
});

function rowsOf(rows: Rows, prefix = ''): (readonly [string, Row])[] {
  return Object.entries(rows).flatMap(([name, row]) =>
    row instanceof Row ? [[prefix + name, row] as const] : rowsOf(row, `${prefix}${name}.`),
  );
}

/** How a reason names a path within the resource: each block by its number. */
function where(type: string, path: string): string {
  return `test: ${type}.one.${path.split('.').join('[0].')}`;
}

const ofKind = (...kinds: readonly Row['kind'][]) =>
  cases.filter(({ row }) => kinds.includes(row.kind)).map((one) => [`${one.type}.${one.path}`, one] as const);

it('is all served while nothing else is set', async () => {
  const { apis, functions, tables, unserved } = await load(ONE_OF_EACH);
  expect(unserved).toEqual([]);
  // The REST API has two stages.
  expect([apis.length, functions.length, tables.length]).toEqual([4, 1, 1]);
});

const detailed = Object.entries(TABLE).flatMap(([type, rows]) =>
  rows instanceof Row ? [] : ([[type, rows]] as const),
);

it.each(detailed)('names nothing of %s that is served or without effect', async (type) => {
  const quiet = cases.filter((one) => one.type === type && /^(served|without effect)$/.test(one.row.kind));
  // Blocks before what is in them.
  const values = quiet.map(({ path, value }) => [path, value] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const { unserved } = await load(withAttributes(type, Object.fromEntries(values)));
  expect(unserved.filter(({ reason }) => /is not served$|is not known here$/.test(reason))).toEqual([]);
});

it.each(ofKind('not served'))('names %s, and serves the rest', async (_, { type, path, row, value }) => {
  const stack = await load(withAttributes(type, { [path]: value }));
  expect(stack.unserved).toContainEqual({
    address: `test: ${type}.one`,
    reason: `${where(type, path)} is not served`,
    effect: row.meaning,
  });
  expect(unservedPart(type, stack)).toBeUndefined();
});

it.each(ofKind('refused'))('answers 501 because of %s', async (_, { type, path, row, value }) => {
  const stack = await load(withAttributes(type, { [path]: value }));
  const because = `${where(type, path)}: ${row.meaning.replace('VALUE', String(value))}`;
  expect(unservedPart(type, stack)?.reason).toContain(because);
});

const whole = Object.entries(TABLE).flatMap(([type, row]) =>
  row instanceof Row && !type.startsWith('data.') ? [[type, row] as const] : [],
);

it.each(whole)('treats %s as its row says', async (type, row) => {
  const stack = await load(withAttributes(type, {}));
  const address = `test: ${type}.one`;
  switch (row.kind) {
    case 'not served':
      expect(stack.unserved).toEqual([{ address, reason: `${address} is not served`, effect: row.meaning }]);
      break;
    case 'refused':
      expect(unservedPart(type, stack)?.reason).toBe(`${address}: ${row.meaning}`);
      break;
    case 'served':
    case 'without effect':
      expect(stack.unserved).toEqual([]);
  }
});

it.each(detailed)('names what it does not know of %s, also within blocks', async (type, rows) => {
  const blocks = attributesOf(type)
    .filter(({ path, isBlock }) => isBlock && !(at(rows, path) instanceof Row) && at(rows, path))
    .map(({ path }) => path);
  const colours = ['colour', ...blocks.map((path) => `${path}.colour`)];
  const { unserved } = await load(
    withAttributes(type, Object.fromEntries(colours.map((path) => [path, 'blue']))),
  );
  for (const path of colours) {
    expect(unserved).toContainEqual({
      address: `test: ${type}.one`,
      reason: `${where(type, path)} is not known here`,
      effect: 'it counts for nothing here',
    });
  }
});

function at(rows: Rows, path: string): Row | Rows | undefined {
  return path
    .split('.')
    .reduce<Row | Rows | undefined>((found, name) => (found instanceof Row ? found : found?.[name]), rows);
}
