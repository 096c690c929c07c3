import { jsonReport } from '../../../tools/plan/report/json';
import { markdownReport } from '../../../tools/plan/report/markdown';
import type { Report } from '../../../tools/plan/report/report';
import { textReport } from '../../../tools/plan/report/text';
import { reviewPlan } from '../../../tools/plan/review';
import { configurationOf, planOf, planOfOne, reportOf } from './fixtures';

const report: Report = {
  ...reportOf('data-api', reviewPlan(planOf('renamed-stage'))),
  unneeded: [{ rule: 'loss', address: 'aws_dynamodb_table.gone', digest: '0123' }],
};
const [refusal] = report.stacks[0]!.verdict.refused;

it('is a table and a verdict for a terminal, with what allows exactly this', () => {
  expect(textReport(report)).toBe(`data-api: refused
  replace  aws_api_gateway_method_settings.api_settings_D43FD8E8  stage_name
  update   aws_api_gateway_rest_api.api_4F59AA66                  name
  replace  aws_api_gateway_stage.api_stage_9CA2AE48               stage_name
  output   api_gateway_url
  refused: aws_api_gateway_stage.api_stage_9CA2AE48 replaces the stage prod (forced by stage_name): its URL, which every client uses, would be lost
    if that is what you want, add to stacks/allowances.json: {"environment":"default","stack":"data-api","rule":"loss","address":"aws_api_gateway_stage.api_stage_9CA2AE48","digest":"${refusal!.digest}"}

error: stacks/allowances.json allows loss of aws_dynamodb_table.gone (0123), which no change needs: take it out

verdict: refused`);
});

it('says first that everything is made anew', () => {
  const first = reportOf('data-api', reviewPlan(planOf('first'), configurationOf('first')));
  expect(textReport(first).split('\n')[0]).toBe(
    'data-api: changes; everything is made anew, as in a first deployment',
  );
  expect(markdownReport(first)).toContain('### data-api: changes; everything is made anew');
});

it('is a comment that can be found again, with the refusals first', () => {
  const lines = markdownReport(report).split('\n');

  expect(lines[0]).toBe('<!-- plan-review -->');
  expect(lines[2]).toBe('## Terraform plan of default: refused ⛔');
  expect(lines[4]).toContain('every client uses, would be lost');
  expect(lines).toContain(
    '| **replace** | aws\\_api\\_gateway\\_stage.api\\_stage\\_9CA2AE48 | stage\\_name |',
  );
});

it('lets no name of a resource be Markdown, HTML or a mention', () => {
  const plan = planOfOne('aws_dynamodb_table', { name: '<img src=x> @everyone | [a](b)' }, null);
  const markdown = markdownReport(reportOf('data-api', reviewPlan(plan)));

  expect(markdown).toContain('&lt;img src=x&gt; @\u200beveryone \\| \\[a\\](b)');
});

it('fits into a comment of GitHub’s', () => {
  const [stack] = report.stacks;
  const many = { ...report, stacks: Array.from({ length: 200 }, () => stack!) };

  expect(markdownReport(many).length).toBeLessThan(65_536);
  expect(markdownReport(many)).toContain('the whole plan is in the artifact');
});

it('is an object for machines', () => {
  expect(JSON.parse(jsonReport(report))).toMatchObject({
    outcome: 'refused',
    stacks: {
      'data-api': {
        outcome: 'refused',
        outputs: ['api_gateway_url'],
        refused: [
          { rule: 'loss', address: 'aws_api_gateway_stage.api_stage_9CA2AE48', digest: refusal!.digest },
        ],
        allowed: [],
      },
    },
    unneeded: [{ address: 'aws_dynamodb_table.gone' }],
  });
});
