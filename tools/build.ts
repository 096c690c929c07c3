import { build } from './build/build';
import { run } from './run';

void run(() => build());
