import { ACCOUNT, inLocalAccount } from '../../iam/arn';
import { isObject } from '../../is-object';
import { refuseGaps } from '../coverage/gaps';
import type { Block } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';
import type { EventSourceMapping } from '../model/event-source-mapping';
import { type FilterPattern, refuseInvalidPattern } from '../model/filter-pattern';
import type { Attempts } from './attempts';
import { numberWithin } from './lambda-limits';

/**
 * Mappings from DynamoDB streams to functions.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_event_source_mapping
 */
export function readEventSourceMappings(attempts: Attempts): EventSourceMapping[] {
  return attempts.configuration.all('aws_lambda_event_source_mapping').flatMap((resource) => {
    const part = { address: resource.where, effect: 'its function gets no events of that source' };
    const tried = attempts.attempt(part, () => readMapping(resource));
    return tried.unserved ? [] : [tried.value];
  });
}

function readMapping(mapping: Resource): EventSourceMapping {
  refuseGaps(mapping);
  const streamArn = inLocalAccount(mapping.text('event_source_arn'));
  if (!/^arn:[^:]+:dynamodb:/.test(streamArn)) {
    throw new Error(
      `${mapping.where}.event_source_arn: ${streamArn} is not served locally: streams of DynamoDB tables are`,
    );
  }
  if (!streamArn.includes('/stream/')) {
    throw new Error(
      `${mapping.where}.event_source_arn: ${streamArn} is no stream: name the table's stream_arn, and set its stream_enabled`,
    );
  }
  return {
    address: mapping.where,
    functionArn: functionArn(mapping),
    streamArn,
    startingPosition: startingPosition(mapping),
    enabled: mapping.value('enabled') === undefined || mapping.flag('enabled'),
    batchSize: numberWithin(mapping, 'batch_size', [1, 10_000], 100),
    batchingWindowSeconds: numberWithin(mapping, 'maximum_batching_window_in_seconds', [0, 300], 0),
    parallelizationFactor: numberWithin(mapping, 'parallelization_factor', [1, 10], 1),
    filters: mapping.blocks('filter_criteria').flatMap((criteria) => criteria.blocks('filter').map(pattern)),
    maximumRetryAttempts: orNoLimit(numberWithin(mapping, 'maximum_retry_attempts', [-1, 10_000], -1)),
    maximumRecordAgeSeconds: recordAge(mapping),
    bisectBatchOnFunctionError: mapping.flag('bisect_batch_on_function_error'),
    reportsBatchItemFailures: mapping.texts('function_response_types').includes('ReportBatchItemFailures'),
    onFailure: mapping.block('destination_config')?.block('on_failure')?.text('destination_arn'),
  };
}

/** A function by its name or any of its ARNs. https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
function functionArn(mapping: Resource): string {
  const name = mapping.text('function_name');
  const [, short = ''] = /^(?:(?:arn:[^:]+:lambda:[^:]*:)?\d+:function:)?(.+)$/.exec(name) ?? [];
  return name.startsWith('arn:')
    ? inLocalAccount(name)
    : `arn:aws:lambda:${mapping.region}:${ACCOUNT}:function:${short}`;
}

function startingPosition(mapping: Resource): EventSourceMapping['startingPosition'] {
  const position = mapping.text('starting_position');
  if (position === 'LATEST' || position === 'TRIM_HORIZON') return position;
  throw new Error(
    `${mapping.where}.starting_position: a DynamoDB stream is read from LATEST or TRIM_HORIZON, received ${position}`,
  );
}

function recordAge(mapping: Resource): number {
  const age = numberWithin(mapping, 'maximum_record_age_in_seconds', [-1, 604_800], -1);
  if (age === -1 || age >= 60) return orNoLimit(age);
  throw new Error(
    `${mapping.where}.maximum_record_age_in_seconds: Lambda takes -1, for no limit, or 60 to 604800, received ${age}`,
  );
}

function orNoLimit(number: number): number {
  return number === -1 ? Infinity : number;
}

function pattern(filter: Block): FilterPattern {
  const parsed = filter.json('pattern');
  if (!isObject(parsed)) {
    throw new Error(`${filter.where}.pattern: Invalid filter pattern definition: expected a JSON object`);
  }
  refuseInvalidPattern(parsed, `${filter.where}.pattern`);
  return parsed;
}
