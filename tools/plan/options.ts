import { parseArgs } from 'node:util';

export const USAGE = `usage: npm run plan -- [stack …] [options]

Plans stacks (default: all) and reviews what would change.
Ends with 0 for no change, 2 for changes, 3 when refused, 1 for an error.

  --plan FILE         review this plan, made by "terraform plan -out", or its JSON, instead of planning
  --allowances FILE   what may pass although it is refused; default: stacks/allowances.json
  --expect-existing   refuse a plan that makes everything anew: the environment has been deployed
  --skip-synth        plan cdktf.out as it stands
  --markdown          print Markdown
  --json              print JSON
  --help              print this`;

export interface Options {
  /** Names of stacks; none means all. */
  readonly stacks: readonly string[];
  /** The file of allowances. */
  readonly allowances: string;
  readonly expectExisting: boolean;
  /** Files of plans made elsewhere. */
  readonly plans: readonly string[];
  readonly skipSynth: boolean;
  readonly format: 'text' | 'markdown' | 'json';
  readonly help: boolean;
}

/** @throws when an option is unknown, incomplete, or two do not go together */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      allowances: { type: 'string', default: 'stacks/allowances.json' },
      'expect-existing': { type: 'boolean', default: false },
      plan: { type: 'string', multiple: true, default: [] },
      'skip-synth': { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.markdown && values.json) throw new Error('--markdown and --json: give one of them');
  if (values.plan.length > 0 && positionals.length > 0) {
    throw new Error(`--plan and the stack ${positionals.join(', ')}: a given plan is of its own stack`);
  }
  return {
    stacks: positionals,
    allowances: values.allowances,
    expectExisting: values['expect-existing'],
    plans: values.plan,
    skipSynth: values['skip-synth'],
    format: values.markdown ? 'markdown' : values.json ? 'json' : 'text',
    help: values.help,
  };
}
