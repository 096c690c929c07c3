import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { projectRoot } from './project-root';
import { run } from './run';
import { hasProviderMirror, requireTerraform } from './terraform/requirements';

/** Runs `cdktf deploy`, `diff` or `destroy`, once it is certain that Terraform can do its part. */
async function cdktf(args: readonly string[]): Promise<void> {
  await requireTerraform();
  // cdktf locks providers for other machines too, in their registry, whatever mirror Terraform is told to use.
  const options = hasProviderMirror() ? ['--skip-provider-lock'] : [];
  const program = path.join(projectRoot, 'node_modules/cdktf-cli/bundle/bin/cdktf');
  const child = spawn(process.execPath, [program, ...args, ...options], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  // A terminal's Ctrl-C reaches it too, and it gives its state locks back before it ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
}

void run(() => cdktf(process.argv.slice(2)));
