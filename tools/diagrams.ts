import { buildAndSynthesize } from './app/build-and-synthesize';
import { writeImages } from './draw-stacks';
import { run } from './run';

void run(async () => {
  await buildAndSynthesize();
  writeImages();
});
