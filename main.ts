import { App } from 'cdktf';
import { Account } from './stacks/account';
import { DataApi } from './stacks/data-api';
import { DynamodbManager } from './stacks/dynamodb-manager';
import { environment } from './stacks/environment';
import { ItemsApi } from './stacks/items-api';
import { OrderApi } from './stacks/order-api';

// Or warnings would bring paths of this machine into cdktf.out.
const app = new App({ stackTraces: false });
const settings = environment(process.env.ENVIRONMENT, process.env.STATE_BUCKET);

// What all environments of an account and region share is there by its name alone: no `deploy "*"` or `destroy "*"` may
// reach it.
if (process.env.STACK === 'account') {
  new Account(app, 'account', settings);
} else {
  new DataApi(app, 'data-api', settings);
  new ItemsApi(app, 'items-api', settings);
  new DynamodbManager(app, 'dynamodb-manager', settings);
  new OrderApi(app, 'order-api', settings);
}

app.synth();
