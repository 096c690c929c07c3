import { parsePlan } from '../../../tools/plan/plan-json';

it.each([
  ['', 'expected what "terraform show -json <plan>" prints'],
  ['Terraform will perform the following actions:', 'expected what "terraform show -json <plan>" prints'],
  ['{"format_version":"2.0"}', 'a plan of format 2.0, where this reads 1.x'],
  ['{"format_version":"0.2"}', 'a plan of format 0.2, where this reads 1.x'],
  ['[]', 'not a plan in JSON: expected'],
  ['{"version":4,"lineage":"a","resources":[]}', 'a state, which says what there is'],
  ['{"format_version":"1.0","values":{"root_module":{}}}', 'a state, which says what there is'],
  ['{"format_version":"1.0","valid":true}', 'not a plan in JSON: expected'],
  [
    '{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"aws_a.b"}]}}}',
    'a plan without its resource_changes',
  ],
  ['{"format_version":"1.2","resource_changes":[{}]}', 'resource_changes'],
  ['{"format_version":"1.2","errored":true}', 'the plan is incomplete'],
  ['{"format_version":"1.2","complete":false}', 'the plan is incomplete'],
])('refuses %j', (text, message) => {
  expect(() => parsePlan(text)).toThrow(message);
});

it.each(['{"format_version":"1.2","planned_values":{}}', '\uFEFF{"format_version":"1.2"}'])(
  'takes %j',
  (text) => {
    expect(parsePlan(text)).toMatchObject({ resource_changes: [] });
  },
);

it('takes a plan without changes', () => {
  expect(parsePlan('{"format_version":"1.2"}')).toMatchObject({ resource_changes: [], output_changes: {} });
});

it('finds what a plan of some targets leaves alone in its prior state', () => {
  const resource = (name: string): object => ({
    address: `aws_sqs_queue.${name}`,
    type: 'aws_sqs_queue',
    values: {},
  });
  const prior_state = {
    values: {
      root_module: {
        resources: [resource('a'), resource('b')],
        child_modules: [{ resources: [resource('c')] }],
      },
    },
  };
  const change = { actions: ['delete'], before: {}, after: null };
  const resource_changes = [{ ...resource('a'), mode: 'managed', name: 'a', change }];
  const plan = parsePlan(JSON.stringify({ format_version: '1.2', prior_state, resource_changes }));

  expect(plan.resource_changes.map(({ address, change }) => [address, ...change.actions])).toEqual([
    ['aws_sqs_queue.a', 'delete'],
    ['aws_sqs_queue.b', 'no-op'],
    ['aws_sqs_queue.c', 'no-op'],
  ]);
});
