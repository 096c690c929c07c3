import { synthesize } from './app/synthesize';
import { build } from './bundle/build';
import { writeImages } from './draw-stacks';
import { run } from './run';

void run(async () => {
  await build();
  await synthesize();
  writeImages();
});
