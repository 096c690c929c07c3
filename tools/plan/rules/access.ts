import { changeOf, isForgotten, isUnknown } from '../change';
import { doorOf, isDoor, pathOfResource, type Door } from '../doors';
import { isEmpty, staysInAccount } from '../guard';
import { operationsOf } from '../open-api';
import { groupedBy, type Plan } from '../plan';
import type { ResourceChange } from '../plan-json';
import { goesWithItsApi, refused, type Finding, type Rule } from '../rule';

/** Where requests come in: what opens, and what no longer answers those who use it. */
export const access: Rule = ({ plan }) => {
  const doors = plan.resource_changes.flatMap((resource) => doorOf(resource, 'after', plan) ?? []);
  const closed = groupedBy(
    doors.filter(({ isOpen }) => !isOpen),
    ({ api }) => [api],
  );
  return (resource) => {
    // It stays, and answers as it does.
    if (isForgotten(resource)) return [];
    if (isDoor(resource)) return door(resource, plan, closed);
    return OPENINGS[resource.type]?.(resource, plan, closed) ?? [];
  };
};

/** The doors of each API that ask who it is. */
type Closed = ReadonlyMap<string, readonly Door[]>;

function door(resource: ResourceChange, plan: Plan, closed: Closed): Finding[] {
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
  // Browsers ask before a request, without credentials; a message comes after `$connect`, which has asked.
  const isFirst = !after.text.startsWith('OPTIONS ') && /^\$|^[A-Z]+ /.test(after.text);
  return after.isOpen && isFirst ? [opened(after, closed)] : [];
}

function opened({ text, api }: Pick<Door, 'text' | 'api'>, closed: Closed): Finding {
  const [other] = closed.get(api) ?? [];
  return other
    ? refused(`would answer ${text} to everyone, where ${other.text} of the same API asks who it is`)
    : { kind: 'noted', sentence: `answers ${text} to everyone, as the whole API does` };
}

/**
 * The route that an HTTP API makes by itself for a `target`, which asks for nothing.
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html#apis-prop-createapiinput-target
 */
function quickCreated({ address, change: { before, after } }: ResourceChange, closed: Closed): Finding[] {
  if (isEmpty(after?.target) || !isEmpty(before?.target)) return [];
  const text = typeof after?.route_key === 'string' ? after.route_key : '$default';
  return [opened({ text, api: typeof after?.id === 'string' ? after.id : address }, closed)];
}

/** Whether a method itself goes to another place; what becomes of its path, the resource says. */
function isMoved({ change: { before, after } }: ResourceChange): boolean {
  return before?.http_method !== after?.http_method;
}

/** The same of an API whose operations stand in an OpenAPI document. */
function body({ change: { before, after, after_unknown: unknown } }: ResourceChange): Finding[] {
  if (!after) return [];
  if (typeof before?.body === 'string' && isUnknown(unknown, ['body'])) {
    return [refused('would have operations known only after the apply, which nobody can review', 'body')];
  }
  if (before?.body === after.body) return [];
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

type Opening = (resource: ResourceChange, plan: Plan, closed: Closed) => Finding[];

const OPENINGS: Readonly<Record<string, Opening>> = {
  aws_api_gateway_rest_api: body,
  aws_apigatewayv2_api: (resource, _, closed) => [...body(resource), ...quickCreated(resource, closed)],
  aws_api_gateway_authorizer: fromElsewhere(
    'authorizer_uri',
    'would let another account decide who may call the API',
  ),
  aws_api_gateway_integration: fromElsewhere(
    'uri',
    'would send every request, with its tokens, to another account',
  ),
  aws_apigatewayv2_authorizer: fromElsewhere(
    'authorizer_uri',
    'would let another account decide who may call the API',
  ),
  aws_apigatewayv2_integration: fromElsewhere(
    'integration_uri',
    'would send every request, with its tokens, to another account',
  ),
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
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
  aws_s3_bucket_public_access_block: ({ change: { before, after } }) => {
    const off = Object.entries(after ?? {}).filter(([, value]) => value === false);
    return before || off.length === 0
      ? []
      : [
          refused(
            `would turn off ${off.map(([name]) => name).join(', ')}, which AWS turns on for every bucket: a policy or an ACL could open it`,
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

/** What is new and refers to another account; what is changed to do so, the table of guarded attributes has. */
function fromElsewhere(attribute: string, sentence: string): Opening {
  return ({ change: { before, after } }, plan) =>
    !before && staysInAccount('', after?.[attribute], plan.accounts) !== undefined
      ? [refused(`${sentence}, ${String(after?.[attribute])}`)]
      : [];
}

const WORLD_WIDE = 'would let everyone on the internet reach what is behind the security group';

function isWorldWide(ingress: unknown): boolean {
  return /"(0\.0\.0\.0|::)\/0"/.test(JSON.stringify(ingress ?? null));
}
