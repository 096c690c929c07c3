import { App } from 'cdktf';
import { DataApi } from './stacks/data-api';
import { DynamodbManager } from './stacks/dynamodb-manager';
import { environment } from './stacks/environment';
import { ItemsApi } from './stacks/items-api';
import { OrderApi } from './stacks/order-api';

const app = new App();
const settings = environment(process.env.ENVIRONMENT, process.env.STATE_BUCKET);

new DataApi(app, 'data-api', settings);
new ItemsApi(app, 'items-api', settings);
new DynamodbManager(app, 'dynamodb-manager', settings);
new OrderApi(app, 'order-api', settings);

app.synth();
