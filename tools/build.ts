import { build } from './bundle/build';
import { run } from './run';

void run(() => build());
