import { parsePlan } from '../../../tools/plan/plan-json';

it.each([
  ['', 'expected what "terraform show -json <plan>" prints'],
  ['Terraform will perform the following actions:', 'expected what "terraform show -json <plan>" prints'],
  ['{"format_version":"2.0"}', 'expected format 1.x'],
  ['{"format_version":"1.2","resource_changes":[{}]}', 'resource_changes'],
  ['{"format_version":"1.2","errored":true}', 'the plan is incomplete'],
  ['{"format_version":"1.2","complete":false}', 'the plan is incomplete'],
])('refuses %j', (text, message) => {
  expect(() => parsePlan(text)).toThrow(message);
});

it('takes a plan without changes', () => {
  expect(parsePlan('{"format_version":"1.2"}')).toMatchObject({ resource_changes: [], output_changes: {} });
});
