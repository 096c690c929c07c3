import { refuseGaps } from '../coverage/gaps';
import type { Resource } from '../language/configuration/resource';
import type { AsynchronousSettings } from '../model/function';
import type { Attempts } from './attempts';
import { numberWithin } from './lambda-limits';

const TYPE = 'aws_lambda_function_event_invoke_config';
const EFFECT = 'events that nobody waits for are treated as without it';

/**
 * What comes of a function's asynchronous invocations, by version or alias.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function_event_invoke_config
 */
export function readEventInvokeConfigs(
  attempts: Attempts,
  fn: Resource,
): Record<string, AsynchronousSettings> {
  const names = [fn.text('function_name'), fn.text('arn')];
  const configs = attempts.belonging(TYPE, EFFECT, (config) => names.includes(config.text('function_name')));
  return Object.fromEntries(
    configs.flatMap((config): [string, AsynchronousSettings][] => {
      const part = { address: config.where, effect: EFFECT };
      const tried = attempts.attempt(part, () => readSettings(config));
      return tried.unserved ? [] : [[config.text('qualifier', '$LATEST'), tried.value]];
    }),
  );
}

function readSettings(config: Resource): AsynchronousSettings {
  refuseGaps(config);
  const destinations = config.block('destination_config');
  return {
    maximumRetryAttempts: numberWithin(config, 'maximum_retry_attempts', [0, 2], 2),
    maximumEventAgeSeconds: numberWithin(config, 'maximum_event_age_in_seconds', [60, 21_600], 21_600),
    onSuccess: destinations?.block('on_success')?.text('destination'),
    onFailure: destinations?.block('on_failure')?.text('destination'),
  };
}
