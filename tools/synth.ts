import { buildAndSynthesize } from './build/build';
import { run } from './run';
import { departedStacks } from './terraform/departed-stacks';

void run(async () => {
  await buildAndSynthesize();
  for (const departed of departedStacks()) console.error(departed);
});
