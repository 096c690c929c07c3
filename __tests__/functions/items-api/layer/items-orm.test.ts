import { createRequire } from 'node:module';
import path from 'node:path';
import { buildFolder } from '../../../../tools/project-root';

interface Write {
  item(item: object): { options(options: object): { params(): { Item?: Record<string, unknown> } } };
}

/** What a function finds in the layer, as far as it is needed here. */
interface Layer {
  readonly ItemsTable: { getName(): string };
  readonly ItemEntity: { build(command: unknown): Write };
  readonly PutItemCommand: unknown;
  readonly UpdateItemCommand: unknown;
}

// Loaded without any variable set: what the stack names is read when it is needed.
const orm = createRequire(__filename)(
  path.join(buildFolder(), 'layers/items-orm/nodejs/node_modules/items-orm'),
) as Layer;

const BOOK = { id: '1', name: 'Book', price: 9.5 };
const write = (command: unknown, item: object) =>
  orm.ItemEntity.build(command)
    .item({ ...BOOK, ...item })
    .options({ tableName: 'items' })
    .params();

afterEach(() => {
  delete process.env.TABLE_NAME;
});

test('the table is the one that the environment names at the time', () => {
  process.env.TABLE_NAME = 'items-staging';
  expect(orm.ItemsTable.getName()).toBe('items-staging');
  delete process.env.TABLE_NAME;
  expect(() => orm.ItemsTable.getName()).toThrow('TABLE_NAME is not set');
});

test('a new row has its version and times, and no attribute of the ORM', () => {
  const { Item } = write(orm.PutItemCommand, {});
  expect(Item).toEqual({
    ...BOOK,
    version: 1,
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    updatedAt: Item?.createdAt as string,
  });
});

describe.each(['PutItemCommand', 'UpdateItemCommand'] as const)('%s', (command) => {
  test('refuses an unknown attribute, rather than dropping it', () => {
    expect(() => write(orm[command], { unheardOf: 'red' })).toThrow(
      "Attribute 'unheardOf' is not defined and the schema is strict",
    );
  });

  test.each([
    ['name', ''],
    ['price', -1],
    ['price', '1'],
    ['description', 7],
  ])('refuses the %s %j, which the contract does not allow', (name, value) => {
    expect(() => write(orm[command], { [name]: value })).toThrow(`for attribute '${name}' failed`);
  });
});
