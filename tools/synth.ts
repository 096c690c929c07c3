import { build } from './bundle/build';
import { run } from './run';
import { synthesize } from './app/synthesize';

void run(async () => {
  await build();
  await synthesize();
});
