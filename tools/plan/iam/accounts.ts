import type { PlanJson } from '../plan-json';

/** Attributes that name the account in which the resource is. */
const OF_ITS_OWN = [
  'arn',
  'function_name',
  'role',
  'execution_arn',
  'invoke_arn',
  'stream_arn',
  'owner_id',
  'account_id',
];

/**
 * The accounts a plan works in: those of what it manages and of who plans, or else those that anything of it names today. None
 * when nothing tells.
 */
export function accountsOf({ resource_changes, prior_state }: PlanJson): ReadonlySet<string> {
  const values = resource_changes.flatMap(({ change }) => [change.before, change.after]);
  const callers = (prior_state?.values?.root_module?.resources ?? [])
    .filter(({ type }) => type === 'aws_caller_identity')
    .map(({ values }) => values);
  const own = [...values, ...callers].flatMap((of) =>
    OF_ITS_OWN.flatMap((attribute) => accountsIn(of?.[attribute] ?? '')),
  );
  if (own.length > 0) return new Set(own);
  return new Set(resource_changes.flatMap(({ change }) => accountsIn(change.before ?? '')));
}

/** The account in an ARN, if it names one. */
export function accountIn(arn: string): string | undefined {
  return /^(?:\w+ )?arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}

function accountsIn(value: unknown): string[] {
  const found = JSON.stringify(value).matchAll(/arn:[^:"]*:[^:"]*:[^:"]*:(\d{12}):|^"(\d{12})"$/g);
  return [...found].map(([, inArn, alone]) => inArn ?? alone ?? '');
}
