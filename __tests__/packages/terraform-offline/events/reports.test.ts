import { send } from '../../../support/http';
import { type ServedProject, serveProject } from '../../../support/served-project';

let project: ServedProject;
afterEach(() => project.close());

const fire = (name: string, headers: Record<string, string> = {}) =>
  send(project.url, `/_explorer/fire/${name}`, { method: 'POST', headers });

it('fires rules and schedules by hand, each with its event', async () => {
  project = await serveProject('reports');

  const nightly = await fire('nightly-report');
  expect([nightly.status, nightly.text]).toEqual([
    202,
    'main.tf: aws_cloudwatch_event_rule.nightly is fired: arn:aws:lambda:eu-west-1:000000000000:function:report\n',
  ]);
  expect((await fire('aws_scheduler_schedule.weekly')).status).toBe(202);
  await project.until(() => project.lines('report').length >= 2);

  const events = project.lines('report').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events).toContainEqual({ kind: 'nightly' });
  expect(events).toContainEqual(
    expect.objectContaining({
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      resources: ['arn:aws:scheduler:eu-west-1:000000000000:schedule/default/weekly-report'],
      detail: '{}',
    }),
  );
});

it('names what there is to fire, and fires nothing for pages of other sites', async () => {
  project = await serveProject('reports');

  expect(await fire('monthly')).toMatchObject({
    status: 404,
    text: 'There is no schedule monthly that is served; there are: nightly-report, weekly-report\n',
  });
  expect((await fire('nightly-report', { Origin: 'http://localhost:8080' })).status).toBe(403);
  expect((await send(project.url, '/_explorer/fire/nightly-report')).status).toBe(405);
  expect(project.lines('report')).toEqual([]);
});

it('says that no event matches a pattern', async () => {
  project = await serveProject('reports');
  expect(project.notices()).toContain(
    'not served: main.tf: aws_cloudwatch_event_rule.uploads.event_pattern; no event of a service, or of an application, matches it here',
  );
});

it('lists schedules on the page, each with a button', async () => {
  project = await serveProject('reports');
  const { text } = await send(project.url, '/');
  expect(text).toContain('data-fire="main.tf: aws_scheduler_schedule.weekly"');
  expect(text).toContain('cron(0 9 ? * MON *)');
});

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-lambda-permissions
it.each<[what: string, change: (text: string) => string, reason: string]>([
  [
    'a rule that the function does not permit',
    (text) =>
      text.replace(
        'source_arn    = aws_cloudwatch_event_rule.nightly.arn',
        'source_arn = "arn:aws:events:eu-west-1:000000000000:rule/other"',
      ),
    'aws_cloudwatch_event_rule.nightly: report has no aws_lambda_permission for events.amazonaws.com with a source_arn that covers arn:aws:events:eu-west-1:000000000000:rule/nightly-report',
  ],
  [
    'a schedule whose role may not invoke the function',
    (text) =>
      text.replace(
        'Action = "lambda:InvokeFunction", Resource = aws',
        'Action = "lambda:GetFunction", Resource = aws',
      ),
    'scheduler may not lambda:InvokeFunction on arn:aws:lambda:eu-west-1:000000000000:function:report',
  ],
  [
    'a schedule whose role does not trust the Scheduler',
    (text) => text.replace('trust["scheduler"]', 'trust["lambda"]'),
    'The execution role you provide must allow AWS EventBridge Scheduler to assume the role',
  ],
  [
    'an expression that AWS would refuse',
    (text) => text.replace('cron(0 3 * * ? *)', 'cron(0 3 * * * *)'),
    'aws_cloudwatch_event_rule.nightly.schedule_expression: Parameter ScheduleExpression is not valid: expected ? in one of day of month and day of week',
  ],
  [
    'an input that is made of the event',
    (text) => text.replace('input = jsonencode({ kind = "nightly" })', 'input_path = "$.detail"'),
    'aws_cloudwatch_event_target.nightly.input_path: only a constant input is served',
  ],
])('names %s', async (_what, change, reason) => {
  project = await serveProject('reports', { change });
  expect(project.notices()).toContainEqual(expect.stringContaining(reason));
});
