import { accountIn } from '../../iam/accounts';
import {
  isEmpty,
  keeps,
  notBelow,
  notLower,
  staysALimit,
  staysClosed,
  staysNamed,
  staysNarrow,
  staysOff,
  staysSame,
  staysSet,
  type Guard,
  type Held,
} from '../../guard';

/** Layers may get a newer version, and further ones may be added. */
const keepsLayers: Held = (before, after, accounts) => {
  const names = (value: unknown): string[] =>
    (Array.isArray(value) ? value : []).map((arn) => String(arn).replace(/:\d+$/, ''));
  const [known, next] = [names(before), names(after)];
  const lost = keeps()(known, next, accounts);
  if (lost !== undefined) return lost;
  const foreign = next.filter((arn) => {
    const account = accountIn(arn);
    return !known.includes(arn) && account !== undefined && accounts.size > 0 && !accounts.has(account);
  });
  return foreign.length > 0 ? `adds ${foreign.join(', ')}, of another account, to {}` : undefined;
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function and its neighbours */
export const lambda: Readonly<Record<string, readonly Guard[]>> = {
  aws_lambda_function: [
    {
      path: 'role',
      held: staysSame,
      what: 'the role of the function',
      effect: 'its code would have all rights of the other role, which no policy in this plan shows',
    },
    {
      path: 'layers',
      held: keepsLayers,
      what: 'the layers of the function',
      effect: 'its code would run with other code than before, or without what it needs',
    },
    {
      path: 'code_signing_config_arn',
      held: staysSame,
      what: 'the code signing of the function',
      effect: 'code that nobody signed could be deployed',
    },
    {
      path: 'reserved_concurrent_executions',
      held: staysALimit,
      what: 'the limit of concurrency',
      effect:
        'at 0 every call of the function is refused; without a limit it can take the concurrency of all others',
    },
    {
      path: 'kms_key_arn',
      held: staysSame,
      what: "the key of the function's variables",
      effect: 'another key, or none of yours, would guard them',
    },
    {
      path: 'dead_letter_config.0.target_arn',
      held: staysSet,
      what: 'the dead-letter queue',
      effect: 'events that fail would be gone without a trace',
    },
    {
      path: 'vpc_config.0.subnet_ids',
      held: staysSet,
      what: 'the network of the function',
      effect: 'it would reach the internet, and nothing in its VPC',
    },
    {
      path: 'file_system_config',
      held: staysSet,
      what: 'the file system of the function',
      effect: 'its code would not find its files',
    },
  ],
  aws_lambda_function_url: [
    {
      path: 'authorization_type',
      held: staysClosed,
      what: 'authorization',
      effect: 'everyone on the internet could call the function',
    },
    {
      path: 'cors.0.allow_origins',
      held: staysNamed,
      what: 'the origins that CORS allows',
      effect: 'pages from there could call the function in the name of their visitors',
    },
    {
      path: 'cors.0.allow_credentials',
      held: staysOff,
      what: 'credentials for CORS',
      effect: 'pages of other origins could call the function in the name of their visitors',
    },
  ],
  aws_lambda_function_event_invoke_config: [
    {
      path: 'destination_config.0.on_failure',
      held: staysSet,
      what: 'the destination of failures',
      effect: 'events that fail would be gone without a trace',
    },
    {
      path: 'maximum_event_age_in_seconds',
      held: notLower(),
      what: 'the age up to which events are tried',
      effect: 'events that wait longer would be dropped',
    },
    {
      path: 'maximum_retry_attempts',
      held: notLower(2),
      what: 'the attempts for an event',
      effect: 'events would be dropped earlier',
    },
  ],
  aws_lambda_event_source_mapping: [
    {
      path: 'enabled',
      held: (before, after) => (after === false && before !== false ? 'turns off {}' : undefined),
      what: 'the mapping',
      effect: 'no event would reach the function, and they expire while they wait',
    },
    {
      path: 'function_name',
      held: (before, after, accounts) => staysSame(unqualified(before), unqualified(after), accounts),
      what: 'the function of the mapping',
      effect: 'another function would get its events',
    },
    {
      path: 'destination_config',
      held: staysSet,
      what: 'the destination of failures',
      effect: 'events that fail would be gone without a trace',
    },
    ...['maximum_retry_attempts', 'maximum_record_age_in_seconds'].map((path) => ({
      path,
      held: notLowerUnlessUnlimited,
      what: path,
      effect: 'records that fail would be dropped earlier',
    })),
  ],
  aws_lambda_provisioned_concurrency_config: [
    {
      path: 'provisioned_concurrent_executions',
      held: notLower(),
      what: 'provisioned concurrency',
      effect: 'callers would wait for cold starts',
    },
  ],
  aws_lambda_function_recursion_config: [
    {
      path: 'recursive_loop',
      held: notBelow('Allow', 'Terminate'),
      what: 'the end of recursive loops',
      effect: 'a function that calls itself would go on without end, and so would its bill',
    },
  ],
  aws_lambda_code_signing_config: [
    {
      path: 'policies.0.untrusted_artifact_on_deployment',
      held: notBelow('Warn', 'Enforce'),
      what: 'what happens to unsigned code',
      effect: 'it could be deployed',
    },
    {
      path: 'allowed_publishers.0.signing_profile_version_arns',
      held: staysNarrow,
      what: 'who may sign code',
      effect: 'code that they sign could be deployed',
    },
  ],
};

function notLowerUnlessUnlimited(before: unknown, after: unknown): string | undefined {
  const unlimited = (value: unknown): unknown => (isEmpty(value) || value === -1 ? Infinity : value);
  const [from, to] = [Number(unlimited(before)), Number(unlimited(after))];
  return to < from ? `lowers {} from ${String(before)} to ${String(after)}` : undefined;
}

function unqualified(name: unknown): unknown {
  if (typeof name !== 'string') return name;
  const [, arn] = /function:([^:]+)/.exec(name) ?? [];
  return arn ?? name.split(':')[0];
}
