import { buildAndSynthesize } from './build/build';
import { thisProject } from './project-root';
import { run } from './run';
import { departedStacks } from './terraform/departed-stacks';
import { warningsOf } from './terraform/stacks';

void run(async () => {
  await buildAndSynthesize();
  // cdktf's own command, which sets this, tells of warnings itself.
  const isByCdktf = process.env.CDKTF_CONTEXT_JSON !== undefined;
  const warnings = isByCdktf ? [] : warningsOf(thisProject().outputFolder);
  for (const line of [...warnings, ...departedStacks()]) console.error(line);
});
