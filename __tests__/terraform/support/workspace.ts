import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseConfiguration } from '../../../tools/plan/configuration';
import { parsePlan, type PlanJson } from '../../../tools/plan/plan-json';
import { reviewPlan, type Review } from '../../../tools/plan/review';
import { outputFolder } from '../../../tools/project-root';
import { terraform } from '../../../tools/terraform/terraform';
import { adapt, readStack } from './adapt';
import type { StackJson } from './offline';
import { startProvider, type Provider } from './provider/provider';

/** A synthesized stack in a folder of its own, with its own state and process of the provider, to run terraform in. */
export class Workspace {
  /** What the state's path is relative to. */
  private readonly root: string;
  private readonly folder: string;
  /** What has been said about this stack. */
  private readonly printed = new Set<string>();
  /** Of its resources and data sources, those of before included. */
  private readonly types = new Set<string>();
  private provider: Provider | undefined;

  /** @param output the `cdktf.out` it is taken from; default: that of the repository */
  constructor(
    readonly stack: string,
    output = outputFolder(),
  ) {
    this.root = mkdtempSync(path.join(tmpdir(), `terraform ${stack} `));
    this.folder = path.join(this.root, 'cdktf.out', 'stacks', stack);
    this.take(output);
  }

  /** Puts the stack of a `cdktf.out` in the place of what is there, keeping the state. */
  take(output: string): void {
    cpSync(path.join(output, 'stacks', this.stack), this.folder, {
      recursive: true,
      filter: (file) => !file.includes('.terraform'),
    });
    adapt(this.folder, this.printed);
    const { resource, data } = this.configuration();
    for (const type of Object.keys({ ...resource, ...data })) this.types.add(type);
  }

  configuration(): StackJson {
    return readStack(this.folder);
  }

  /** Rejects when terraform fails, with what it says. */
  async terraform(...args: string[]): Promise<string> {
    this.provider ??= await startProvider(this.folder, this.types);
    return terraform(args, this.folder, this.provider.variables);
  }

  /** Plans, and reads the plan. */
  async plan(...options: string[]): Promise<PlanJson> {
    await this.terraform('plan', '-input=false', '-out=plan', ...options);
    return parsePlan(await this.terraform('show', '-json', 'plan'));
  }

  review(plan: PlanJson): Review {
    return reviewPlan(plan, parseConfiguration(JSON.stringify(this.configuration())));
  }

  remove(): void {
    this.provider?.end();
    rmSync(this.root, { recursive: true, force: true });
  }
}
