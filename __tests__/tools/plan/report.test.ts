import { jsonReport } from '../../../tools/plan/report/json';
import { markdownReport } from '../../../tools/plan/report/markdown';
import type { Report } from '../../../tools/plan/report/report';
import { textReport } from '../../../tools/plan/report/text';
import { reviewPlan } from '../../../tools/plan/review';
import { judge } from '../../../tools/plan/verdict';
import { planOf, planOfOne } from './fixtures';

const report: Report = {
  stacks: [{ name: 'data-api', verdict: judge(reviewPlan(planOf('renamed-stage')), []) }],
  unused: ['aws_dynamodb_table.mistyped'],
};

it('is a table and a verdict for a terminal', () => {
  expect(textReport(report)).toBe(`data-api: refused
  replace  aws_api_gateway_method_settings.api_settings_D43FD8E8  stage_name
  update   aws_api_gateway_rest_api.api_4F59AA66                  name
  replace  aws_api_gateway_stage.api_stage_9CA2AE48               stage_name
  output   api_gateway_url
  refused: aws_api_gateway_stage.api_stage_9CA2AE48 replaces the stage prod (forced by stage_name): its URL, which every client uses, would be lost
    if that is what you want: --allow loss:aws_api_gateway_stage.api_stage_9CA2AE48

--allow aws_dynamodb_table.mistyped: nothing was refused under this name

verdict: refused`);
});

it('is a comment that can be found again, with the refusals first', () => {
  const lines = markdownReport(report).split('\n');

  expect(lines[0]).toBe('<!-- plan-review -->');
  expect(lines[2]).toBe('## Terraform plan: refused ⛔');
  expect(lines[4]).toContain('every client uses, would be lost');
  expect(lines).toContain(
    '| **replace** | aws\\_api\\_gateway\\_stage.api\\_stage\\_9CA2AE48 | stage\\_name |',
  );
});

it('lets no name of a resource be Markdown, HTML or a mention', () => {
  const plan = planOfOne('aws_dynamodb_table', { name: '<img src=x> @everyone | [a](b)' }, null);
  const markdown = markdownReport({
    stacks: [{ name: 'data-api', verdict: judge(reviewPlan(plan), []) }],
    unused: [],
  });

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
        refused: [{ rule: 'loss', address: 'aws_api_gateway_stage.api_stage_9CA2AE48' }],
        allowed: [],
      },
    },
    unused: ['aws_dynamodb_table.mistyped'],
  });
});
