import { buildAndSynthesize } from './build/build';
import { parseOptions, USAGE, type Options } from './plan/options';
import { makePlans, readPlan, type NamedPlan } from './plan/plans';
import { jsonReport } from './plan/report/json';
import { markdownReport } from './plan/report/markdown';
import type { Report } from './plan/report/report';
import { textReport } from './plan/report/text';
import { reviewPlan } from './plan/review';
import { EXIT_CODES, judge, unused, worst } from './plan/verdict';
import { run } from './run';
import { departedStacks } from './terraform/departed-stacks';

const FORMATS = { text: textReport, markdown: markdownReport, json: jsonReport };

async function plan(options: Options): Promise<void> {
  const report = review(await plansOf(options), options.allow);
  console.log(FORMATS[options.format](report));
  process.exitCode = EXIT_CODES[worst(report.stacks.map(({ verdict }) => verdict.outcome))];
}

async function plansOf({ plans, stacks, skipSynth }: Options): Promise<NamedPlan[]> {
  if (plans.length > 0) return Promise.all(plans.map((file) => readPlan(file)));
  if (!skipSynth) await buildAndSynthesize();
  for (const departed of departedStacks()) console.error(departed);
  return makePlans(stacks);
}

function review(plans: readonly NamedPlan[], allow: readonly string[]): Report {
  const stacks = plans.map(({ name, plan, configuration }) => ({
    name,
    verdict: judge(reviewPlan(plan, configuration), allow),
  }));
  return {
    stacks,
    unused: unused(
      stacks.map(({ verdict }) => verdict),
      allow,
    ),
  };
}

void run(async () => {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else await plan(options);
});
