/** The package that the layer puts under `/opt/nodejs/node_modules`: the item's ORM, for every function of items-api. */
export { DeleteItemCommand } from 'dynamodb-toolbox/entity/actions/delete';
export { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
export { UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
export { $remove } from 'dynamodb-toolbox/entity/actions/update/symbols';
// With zod beside them, so that the functions need no copy of it: the entity has one already.
export { safeParse } from 'zod/mini';
export { byName, DEFAULT_LIMIT, itemFields, listQuery } from '../contract';
export { conditionalWrite } from '../../shared/dynamodb/conditional-write';
export { ItemEntity, type Item } from './item-entity';
export { deadline, ItemsTable, openConnection } from './items-table';
export { isItem, storedItem, storedItems, visible } from './stored-item';
