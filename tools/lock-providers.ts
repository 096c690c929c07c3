import { buildAndSynthesize } from './build/build';
import { outputFolder } from './project-root';
import { run } from './run';
import { LOCK_FILE, lockProviders, requiredProviders } from './terraform/lock';
import { stacksOf } from './terraform/stacks';

/** What people deploy from, and what the pipeline runs on. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64', 'windows_amd64'];

void run(async () => {
  await buildAndSynthesize();
  await lockProviders(requiredProviders(stacksOf(outputFolder())), PLATFORMS, LOCK_FILE);
  console.log(`${LOCK_FILE} holds the providers for ${PLATFORMS.join(', ')}: commit it`);
});
