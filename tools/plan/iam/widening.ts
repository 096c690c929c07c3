import type { Policy, Statement } from './policy';

/**
 * Actions that IAM cannot limit to a resource, so that their `*` grants nothing extra.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
 */
const WITHOUT_RESOURCES = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

/** Log streams are named by their group and `:*`, resolved or as Terraform's reference. */
const STREAMS_OF_ONE_GROUP =
  /^(arn:[^*?]+:log-group:[^*?:]+|\$\{aws_cloudwatch_log_group\.[^}*?]+\.arn\}):\*$/;

/** What `after` lets happen that `before` did not, of the kinds no one should have to find in a long diff. */
export function widenings(before: Policy | undefined, after: Policy): string[] {
  const held = before ?? [];
  return [
    ...added(held, after, wildcards).map((grant) => `allows ${grant}`),
    // A service trusted by a role that is itself new is how every function begins.
    ...added(held, after, principals)
      .filter((principal) => before !== undefined || !principal.startsWith('Service '))
      .map((principal) => `trusts the new principal ${principal}`),
    ...added(after, held, denials).map((denial) => `no longer denies ${denial}`),
    ...added(held, after, unconditional)
      .filter((grant) => conditional(held).includes(grant))
      .map((grant) => `drops the condition on ${grant}`),
  ];
}

function added(before: Policy, after: Policy, kind: (policy: Policy) => string[]): string[] {
  const known = new Set(kind(before));
  return [...new Set(kind(after))].filter((grant) => !known.has(grant));
}

function wildcards(policy: Policy): string[] {
  return allowed(policy).flatMap((statement) => grants(statement).filter(isWide).map(grantText));
}

function principals(policy: Policy): string[] {
  return allowed(policy).flatMap(({ Principal, NotPrincipal }) => {
    if (NotPrincipal) return ['everyone but those it names'];
    if (Principal === '*') return ['*'];
    return Object.entries(Principal ?? {}).flatMap(([kind, names]) => names.map((name) => `${kind} ${name}`));
  });
}

function denials(policy: Policy): string[] {
  return policy.filter(({ Effect }) => Effect === 'Deny').flatMap((denial) => grants(denial).map(grantText));
}

function unconditional(policy: Policy): string[] {
  return allowed(policy)
    .filter(({ Condition }) => !Condition)
    .flatMap((statement) => grants(statement).map(grantText));
}

function conditional(policy: Policy): string[] {
  return allowed(policy)
    .filter(({ Condition }) => Condition)
    .flatMap((statement) => grants(statement).map(grantText));
}

function allowed(policy: Policy): Policy {
  return policy.filter(({ Effect }) => Effect === 'Allow');
}

interface Grant {
  readonly action: string;
  readonly resource: string;
}

/** Every action with every resource; a trust policy has no resources. */
function grants({ Action, NotAction, Resource, NotResource }: Statement): Grant[] {
  const actions = Action ?? NotAction?.map((action) => `every action but ${action}`) ?? [];
  const resources = Resource ?? NotResource?.map((resource) => `everything but ${resource}`) ?? ['itself'];
  return actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
}

function isWide({ action, resource }: Grant): boolean {
  if (/[*?]|^every /.test(action)) return true;
  if (WITHOUT_RESOURCES.includes(action) || STREAMS_OF_ONE_GROUP.test(resource)) return false;
  return /[*?]|^everything /.test(resource);
}

function grantText({ action, resource }: Grant): string {
  return `${action} on ${resource}`;
}
