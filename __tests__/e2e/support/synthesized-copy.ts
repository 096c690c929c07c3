import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { outputFolder } from '../../../tools/project-root';

export type Attributes = Readonly<Record<string, unknown>>;

/** By construct path within the stack, `api/route-GET-items`: what becomes of its block; undefined: it goes. */
export type Changes = Readonly<Record<string, (block: Attributes) => Attributes | undefined>>;

type Blocks = Record<string, Record<string, Attributes>>;

/** A copy of `cdktf.out` to take parts out of. */
export class SynthesizedCopy {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'cdktf-out-'));
  private readonly source = outputFolder();

  constructor() {
    // Providers that Terraform downloaded stay where they are.
    const filter = (file: string) => path.basename(file) !== '.terraform';
    cpSync(this.source, this.folder, { recursive: true, filter });
  }

  /**
   * Changes blocks of a stack's `cdk.tf.json`, starting from what was synthesized.
   * @throws when the stack has no such block
   */
  change(stackId: string, changes: Changes): void {
    const stack = JSON.parse(readFileSync(this.fileOf(stackId, this.source), 'utf8')) as { resource: Blocks };
    for (const [construct, change] of Object.entries(changes)) {
      const [type, name, block] = find(stack.resource, `${stackId}/${construct}`);
      const changed = change(block);
      if (changed) stack.resource[type] = { ...stack.resource[type], [name]: changed };
      else delete stack.resource[type]?.[name];
    }
    writeFileSync(this.fileOf(stackId), JSON.stringify(stack));
  }

  /** As it was synthesized. */
  restore(stackId: string): void {
    cpSync(this.fileOf(stackId, this.source), this.fileOf(stackId));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private fileOf(stackId: string, folder = this.folder): string {
    return path.join(folder, 'stacks', stackId, 'cdk.tf.json');
  }
}

function find(blocks: Blocks, construct: string): [type: string, name: string, block: Attributes] {
  for (const [type, byName] of Object.entries(blocks)) {
    for (const [name, block] of Object.entries(byName)) {
      const { metadata } = block['//'] as { metadata: { path: string } };
      if (metadata.path === construct) return [type, name, block];
    }
  }
  throw new Error(`no resource is made by ${construct}`);
}
