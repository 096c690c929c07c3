import { buildAndSynthesize } from './app/build-and-synthesize';
import { run } from './run';

void run(buildAndSynthesize);
