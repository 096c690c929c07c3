/** The package that the layer puts under `/opt/nodejs/node_modules`: the item's ORM, for every function of items-api. */
export { DeleteItemCommand } from 'dynamodb-toolbox/entity/actions/delete';
export { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
export { UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
export { $remove } from 'dynamodb-toolbox/entity/actions/update/symbols';
export { ScanCommand } from 'dynamodb-toolbox/table/actions/scan';
export { conditionalWrite } from '../../shared/conditional-write';
export { ItemEntity, type Item } from './item-entity';
export { ItemsTable, openConnection } from './items-table';
export { isItem, storedItem, visible } from './stored-item';
