import { App } from 'cdktf';
import { DataApi } from './stacks/data-api';
import { environment } from './stacks/environment';
import { ItemsApi } from './stacks/items-api';

const app = new App();
const settings = environment(process.env.ENVIRONMENT);

new DataApi(app, 'data-api', settings);
new ItemsApi(app, 'items-api', settings);

app.synth();
