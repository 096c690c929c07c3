import { synthesize } from './app/synthesize';
import { build } from './bundle/build';
import { run } from './run';

void run(async () => {
  await build();
  await synthesize();
});
