import { changeOf, isDestroyed } from '../change';
import type { ResourceChange, Values } from '../plan-json';
import { goesWithItsApi, type Rule } from '../rule';

interface Holder {
  /** What people call it. */
  readonly what: (values: Values) => string;
  /** What goes with it, and applying the old configuration again does not bring back. */
  readonly lost: string;
}

const URL_LOST = 'its URL, which every client uses,';

const HOLDERS: Readonly<Record<string, Holder>> = {
  aws_dynamodb_table: { what: ({ name }) => `the table ${String(name)}`, lost: 'every item in it' },
  aws_api_gateway_rest_api: { what: ({ name }) => `the API ${String(name)}`, lost: URL_LOST },
  aws_apigatewayv2_api: { what: ({ name }) => `the API ${String(name)}`, lost: URL_LOST },
  aws_api_gateway_stage: { what: ({ stage_name }) => `the stage ${String(stage_name)}`, lost: URL_LOST },
  aws_apigatewayv2_stage: { what: ({ name }) => `the stage ${String(name)}`, lost: URL_LOST },
  aws_cloudwatch_log_group: {
    what: ({ name }) => `the log group ${String(name)}`,
    lost: 'every line in it',
  },
};

/** Destroying or replacing what holds data, or an address that clients know. */
export const loss: Rule = (resource, { plan }) => {
  const holder = HOLDERS[resource.type];
  const { before } = resource.change;
  if (!holder || !before || !isDestroyed(resource) || goesWithItsApi(resource, plan)) return [];
  return [`${verb(resource)} ${holder.what(before)}${cause(resource)}: ${holder.lost} would be lost`];
};

function verb(resource: ResourceChange): string {
  return changeOf(resource)?.action === 'replace' ? 'replaces' : 'destroys';
}

function cause(resource: ResourceChange): string {
  const change = changeOf(resource);
  if (change?.action !== 'replace') return '';
  const because = change.attributes.length > 0 ? change.attributes.join(', ') : change.reason;
  return because === undefined ? '' : ` (forced by ${because})`;
}
