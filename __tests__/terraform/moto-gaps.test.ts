import { parsePlan } from '../../tools/plan/plan-json';
import { changesBeyondMoto } from './support/moto-gaps';

/** A plan that updates the logging configuration of a function. */
const plan = (before: unknown, after: unknown) =>
  parsePlan(
    JSON.stringify({
      format_version: '1.2',
      resource_changes: [
        {
          address: 'aws_lambda_function.fn',
          mode: 'managed',
          type: 'aws_lambda_function',
          name: 'fn',
          change: {
            actions: ['update'],
            before: { function_name: 'Echo', logging_config: before },
            after: { function_name: 'Echo', logging_config: after },
          },
        },
      ],
    }),
  );

const json = {
  log_format: 'JSON',
  log_group: '/aws/lambda/Echo',
  application_log_level: null,
  system_log_level: null,
};

it('lets moto forget the logging configuration that functions have', () => {
  expect(changesBeyondMoto(plan([], [json]))).toEqual([]);
});

it.each([
  ['another log group', [], [{ ...json, log_group: '/aws/lambda/Other' }]],
  ['another format', [], [{ ...json, log_format: 'Text' }]],
  ['a level', [], [{ ...json, application_log_level: 'DEBUG' }]],
  ['none', [json], []],
  ['a change of what moto did not forget', [{ ...json, log_format: 'Text' }], [json]],
])('takes any other logging configuration for a difference: %s', (_, before, after) => {
  expect(changesBeyondMoto(plan(before, after))).toEqual(['update aws_lambda_function.fn logging_config']);
});
