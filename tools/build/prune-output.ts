import { readFileSync } from 'node:fs';
import path from 'node:path';
import { removeAllBut } from '../remove-all-but';
import { forgetOtherEnvironment } from './backend-cache';
import type { Project } from '../project-root';
import { layLockFile } from '../terraform/lock';
import { stacksOf } from '../terraform/stacks';

/**
 * Removes from `cdktf.out` what an earlier synth left there: stacks and assets that no longer exist. What Terraform
 * keeps beside a living stack (`.terraform`) stays, but for the backend of another environment; the project's lock file of
 * providers, if there is one, takes the place of Terraform's own.
 */
export function pruneOutput(project: Project): void {
  const out = project.outputFolder;
  const stacks = stacksOf(out);
  removeAllBut(path.join(out, 'stacks'), (folder) => stacks.some(({ name }) => name === folder));
  for (const stack of stacks) {
    forgetOtherEnvironment(stack);
    layLockFile(stack, project);
    const { folder } = stack;
    const configuration = readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8');
    removeAllBut(
      path.join(folder, 'assets'),
      (asset) => asset.endsWith('.zip') || configuration.includes(`"assets/${asset}/`),
    );
  }
}
