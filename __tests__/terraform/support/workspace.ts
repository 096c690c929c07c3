import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { terraform, type TerraformResult } from '../../../tools/terraform/terraform';
import { forOffline, type StackJson } from './offline';

/** A stack in a folder of its own, with its own state, to run terraform in. */
export class Workspace {
  private constructor(
    /** What the stacks' state paths are relative to. */
    readonly root: string,
    readonly folder: string,
  ) {}

  /** Copies a synthesized stack, adapted if the machine is offline. What that takes is printed. */
  static of(stack: string, output = path.resolve('cdktf.out')): Workspace {
    const root = mkdtempSync(path.join(tmpdir(), `terraform ${stack} `));
    const folder = path.join(root, 'cdktf.out', 'stacks', stack);
    cpSync(path.join(output, 'stacks', stack), folder, {
      recursive: true,
      filter: (file) => !file.includes('.terraform'),
    });
    cpSync(path.join(output, 'manifest.json'), path.join(root, 'cdktf.out', 'manifest.json'));
    const workspace = new Workspace(root, folder);
    workspace.adapt();
    return workspace;
  }

  get configuration(): StackJson {
    return JSON.parse(readFileSync(this.file, 'utf8')) as StackJson;
  }

  /** Changes the stack as an edit of the sources would. */
  edit(change: (configuration: StackJson) => void): void {
    const { configuration } = this;
    change(configuration);
    writeFileSync(this.file, JSON.stringify(configuration, undefined, 2));
  }

  terraform(args: readonly string[], accept?: readonly number[]): Promise<TerraformResult> {
    return terraform([...args], { cwd: this.folder, ...(accept && { accept }) });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private get file(): string {
    return path.join(this.folder, 'cdk.tf.json');
  }

  private adapt(): void {
    const mirror = process.env.TERRAFORM_PLUGIN_DIR;
    if (!mirror) return;
    const { configuration, changes } = forOffline(this.configuration, this.folder, mirror);
    writeFileSync(this.file, JSON.stringify(configuration, undefined, 2));
    const stack = path.basename(this.folder);
    process.stderr.write(changes.map((change) => `${stack}, offline: ${change}\n`).join(''));
  }
}
