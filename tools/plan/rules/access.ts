import { changeOf } from '../change';
import { doorOf, isDoor, pathOfResource } from '../doors';
import { operationsOf } from '../open-api';
import type { PlanJson, ResourceChange } from '../plan-json';
import { goesWithItsApi, refused, type Finding, type Rule } from '../rule';

/** Where requests come in: what opens, and what no longer answers those who use it. */
export const access: Rule = (resource, { plan }) => {
  if (isDoor(resource)) return door(resource, plan);
  return OPENINGS[resource.type]?.(resource, plan) ?? [];
};

function door(resource: ResourceChange, plan: PlanJson): Finding[] {
  const before = doorOf(resource, 'before', plan);
  const after = doorOf(resource, 'after', plan);
  if (!after) {
    return before && !goesWithItsApi(resource, plan)
      ? [refused(`would no longer answer ${before.text}: every client that calls it gets an error`)]
      : [];
  }
  if (before) {
    return before.key === after.key || (resource.type === 'aws_api_gateway_method' && !isMoved(resource))
      ? []
      : [
          refused(
            `would answer ${after.text} in place of ${before.text}: every client that calls that gets an error`,
          ),
        ];
  }
  // Browsers ask before a request, without credentials.
  if (!after.isOpen || after.text.startsWith('OPTIONS ')) return [];
  const closed = plan.resource_changes
    .filter((other) => other !== resource)
    .flatMap((other) => doorOf(other, 'after', plan) ?? [])
    .find(({ api, isOpen }) => api === after.api && !isOpen);
  return closed
    ? [refused(`would answer ${after.text} to everyone, where ${closed.text} of the same API asks who it is`)]
    : [{ kind: 'noted', sentence: `answers ${after.text} to everyone, as the whole API does` }];
}

/** Whether a method itself goes to another place; what becomes of its path, the resource says. */
function isMoved({ change: { before, after } }: ResourceChange): boolean {
  return before?.http_method !== after?.http_method;
}

/** The same of an API whose operations stand in an OpenAPI document. */
function body({ change: { before, after } }: ResourceChange): Finding[] {
  if (!after || before?.body === after.body) return [];
  const was = new Map(operationsOf(before?.body).map((operation) => [operation.key, operation]));
  const operations = operationsOf(after.body);
  const closed = operations.find(({ isOpen }) => !isOpen);
  const lost =
    operations.length === 0
      ? []
      : [...was.values()].filter(({ key }) => operations.every((one) => one.key !== key));
  return [
    ...lost.map(({ text }) =>
      refused(`would no longer answer ${text}: every client that calls it gets an error`, 'body'),
    ),
    ...operations
      .filter(
        ({ isOpen, key, text }) => isOpen && was.get(key)?.isOpen !== true && !text.startsWith('OPTIONS '),
      )
      .map(({ key, text }): Finding => {
        if (was.has(key))
          return refused(`would answer ${text} to everyone, which asks who it is today`, 'body');
        return closed
          ? refused(
              `would answer ${text} to everyone, where ${closed.text} of the same API asks who it is`,
              'body',
            )
          : { kind: 'noted', sentence: `answers ${text} to everyone, as the whole API does` };
      }),
  ];
}

const OPENINGS: Readonly<Record<string, (resource: ResourceChange, plan: PlanJson) => Finding[]>> = {
  aws_api_gateway_rest_api: body,
  aws_apigatewayv2_api: body,
  aws_lambda_function_url: ({ change: { before, after } }) =>
    !before && after && (after.authorization_type ?? 'NONE') === 'NONE'
      ? [refused(`would let everyone on the internet call the function ${String(after.function_name)}`)]
      : [],
  aws_api_gateway_resource: (resource, plan) => {
    const { before, after } = resource.change;
    if (!before || !after || changeOf(resource) === undefined) return [];
    const [from, to] = [before, after].map(({ path_part: part }) =>
      String(part).replace(/^\{[^}+]*(\+?)\}$/, '{$1}'),
    );
    return from === to
      ? []
      : [
          refused(
            `would answer under ${String(after.path_part)} in place of ${pathOfResource(resource, 'before', plan)}: every client that calls that gets an error`,
            'path_part',
          ),
        ];
  },
  aws_s3_bucket_acl: ({ change: { before, after } }) =>
    !before && /public|authenticated/.test(String(after?.acl))
      ? [refused('would let everyone on the internet read what is in the bucket', 'acl')]
      : [],
  aws_security_group: ({ change: { before, after } }) =>
    isWorldWide(after?.ingress) && !isWorldWide(before?.ingress) ? [refused(WORLD_WIDE, 'ingress')] : [],
  aws_security_group_rule: ({ change: { before, after } }) =>
    after?.type === 'ingress' && isWorldWide(after) && !isWorldWide(before) ? [refused(WORLD_WIDE)] : [],
  aws_vpc_security_group_ingress_rule: ({ change: { before, after } }) =>
    isWorldWide(after) && !isWorldWide(before) ? [refused(WORLD_WIDE)] : [],
};

const WORLD_WIDE = 'would let everyone on the internet reach what is behind the security group';

function isWorldWide(ingress: unknown): boolean {
  return /"(0\.0\.0\.0|::)\/0"/.test(JSON.stringify(ingress ?? null));
}
