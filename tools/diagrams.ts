import { build } from './bundle/build';
import { writeImages } from './draw-stacks';
import { run } from './run';
import { synthesize } from './app/synthesize';

void run(async () => {
  await build();
  await synthesize();
  writeImages();
});
