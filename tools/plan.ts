import { buildAndSynthesize } from './build/build';
import { readAllowances, unneeded } from './plan/allowances';
import { parseOptions, USAGE, type Options } from './plan/options';
import { makePlans, readPlan, type NamedPlan } from './plan/plans';
import { jsonReport } from './plan/report/json';
import { markdownReport } from './plan/report/markdown';
import type { Report } from './plan/report/report';
import { textReport } from './plan/report/text';
import { reviewPlan } from './plan/review';
import { EXIT_CODES, judge, worst } from './plan/verdict';
import { run } from './run';
import { departedStacks } from './terraform/departed-stacks';

const FORMATS = { text: textReport, markdown: markdownReport, json: jsonReport };

async function plan(options: Options): Promise<void> {
  const report = review(await plansOf(options), options);
  console.log(FORMATS[options.format](report));
  const outcome = worst(report.stacks.map(({ verdict }) => verdict.outcome));
  process.exitCode = report.unneeded.length > 0 && outcome !== 'refused' ? 1 : EXIT_CODES[outcome];
}

async function plansOf({ plans, stacks, skipSynth }: Options): Promise<NamedPlan[]> {
  if (plans.length > 0) return Promise.all(plans.map((file) => readPlan(file)));
  if (!skipSynth) await buildAndSynthesize();
  for (const departed of departedStacks()) console.error(departed);
  return makePlans(stacks);
}

function review(plans: readonly NamedPlan[], { allowances: file, expectExisting }: Options): Report {
  const allowances = readAllowances(file);
  const environment = process.env.ENVIRONMENT ?? 'default';
  const stacks = plans.map(({ name, plan, configuration }) => {
    const place = { environment, stack: name };
    return {
      place,
      verdict: judge(reviewPlan(plan, configuration), { ...place, allowances, expectExisting }),
    };
  });
  const reviewed = stacks.map(({ place, verdict }) => ({ place, refusals: verdict.refusals }));
  return { stacks, file, unneeded: unneeded(allowances, reviewed) };
}

void run(async () => {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else await plan(options);
});
