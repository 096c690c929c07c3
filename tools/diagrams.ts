import { buildAndSynthesize } from './build/build';
import { writeImages } from './draw-stacks';
import { run } from './run';

void run(async () => {
  await buildAndSynthesize();
  for (const [name, outcome] of await writeImages()) console.log(`docs/images/${name}: ${outcome}`);
});
