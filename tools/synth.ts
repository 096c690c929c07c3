import { buildAndSynthesize } from './build/build';
import { run } from './run';

void run(() => buildAndSynthesize());
