import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './project-root';

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}

/**
 * Removes from `cdktf.out` what an earlier synth left there: stacks and assets that no longer exist. What Terraform
 * keeps beside a living stack (`.terraform`) stays.
 */
export function pruneOutput(): void {
  const out = path.resolve(projectRoot, process.env.CDKTF_OUTDIR ?? 'cdktf.out');
  const { stacks } = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as Manifest;
  removeAllBut(path.join(out, 'stacks'), (stack) => stack in stacks);
  for (const { synthesizedStackPath } of Object.values(stacks)) {
    const configuration = readFileSync(path.join(out, synthesizedStackPath), 'utf8');
    const assets = path.join(out, path.dirname(synthesizedStackPath), 'assets');
    removeAllBut(assets, (asset) => asset.endsWith('.zip') || configuration.includes(`"assets/${asset}/`));
  }
}

function removeAllBut(folder: string, keep: (name: string) => boolean): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!keep(name)) rmSync(path.join(folder, name), { recursive: true });
  }
}
