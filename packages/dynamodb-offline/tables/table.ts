import type { Item } from '../attribute-value';
import type { Store } from '../storage/store';
import type { IndexDefinition, Projection, TableDefinition } from './definition';
import { keyAttributes, keySchemaOf, type KeyAttribute, type KeySchema } from './key-schema';
import { Rows } from './rows';

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly key: KeySchema;
  readonly rows: Rows;
  readonly indexes: ReadonlyMap<string, Index>;
  readonly definition: TableDefinition;
}

export interface Index {
  readonly name: string;
  readonly arn: string;
  readonly kind: IndexDefinition['kind'];
  readonly key: KeySchema;
  readonly projection: Projection;
  /** It cannot be read yet. */
  readonly backfilling: boolean;
  readonly rows: Rows;
  /** The index's row for an item; undefined when the item is not in it. */
  readonly project: (item: Item) => Item | undefined;
}

export function tableOf(store: Store, definition: TableDefinition, arn: string): Table {
  const key = keySchemaOf(definition.keySchema, definition.attributeDefinitions);
  const indexes = definition.indexes.map((index) => indexOf(store, definition, index, key, arn));
  return {
    name: definition.name,
    arn,
    key,
    definition,
    rows: new Rows(store, `the table ${definition.name}`, definition.id, key),
    indexes: new Map(indexes.map((index) => [index.name, index])),
  };
}

function indexOf(
  store: Store,
  table: TableDefinition,
  { name, kind, id, keySchema, projection, backfilling }: IndexDefinition,
  tableKey: KeySchema,
  tableArn: string,
): Index {
  const key = keySchemaOf(keySchema, table.attributeDefinitions);
  const own = keyAttributes(key);
  const names = new Set([...own, ...keyAttributes(tableKey)].map((attribute) => attribute.name));
  for (const attribute of projection.attributes) names.add(attribute);
  return {
    name,
    arn: `${tableArn}/index/${name}`,
    kind,
    key,
    projection,
    backfilling,
    rows: new Rows(store, `the index ${name} of the table ${table.name}`, id, key, tableKey),
    project(item) {
      if (!own.every((attribute) => isKeyOf(item, attribute))) return undefined;
      if (projection.type === 'ALL') return item;
      return Object.fromEntries(Object.entries(item).filter(([attribute]) => names.has(attribute)));
    },
  };
}

/** Items without the key, or with one of another type, stay out of an index. */
function isKeyOf(item: Item, { name, type }: KeyAttribute): boolean {
  return Object.hasOwn(item, name) && type in item[name]!;
}
