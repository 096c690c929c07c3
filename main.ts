import { App } from 'cdktf';
import { DataApi } from './stacks/data-api';
import { environment } from './stacks/environment';

const app = new App();
const settings = environment(process.env.ENVIRONMENT);

new DataApi(app, 'data-api', settings);

app.synth();
