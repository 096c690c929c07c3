import { changeOf, isUnknown } from '../change';
import type { ResourceChange, Values } from '../plan-json';
import { refused, type Rule } from '../rule';

interface Kind {
  /** What AWS tells two of them apart by. */
  readonly identity: readonly string[];
  /** How to make way for the new one. */
  readonly remedy: (before: Values) => string;
}

const METHOD = ['rest_api_id', 'resource_id', 'http_method'];
const ANOTHER_NAME = (): string => 'give it another name';

/** What may stand once, in the order of the documentation: docs/deployment.md. */
const KINDS: Readonly<Record<string, Kind>> = {
  aws_api_gateway_resource: part(['rest_api_id', 'parent_id', 'path_part'], 'delete-resource', ['id']),
  aws_api_gateway_method: part(METHOD, 'delete-method'),
  aws_api_gateway_method_response: part([...METHOD, 'status_code'], 'delete-method-response'),
  aws_api_gateway_integration: part(METHOD, 'delete-integration'),
  aws_api_gateway_integration_response: part([...METHOD, 'status_code'], 'delete-integration-response'),
  aws_api_gateway_gateway_response: part(['rest_api_id', 'response_type'], 'delete-gateway-response'),
  aws_api_gateway_model: { identity: ['rest_api_id', 'name'], remedy: ANOTHER_NAME },
  aws_cloudwatch_log_group: { identity: ['name'], remedy: ANOTHER_NAME },
  aws_dynamodb_table: { identity: ['name'], remedy: ANOTHER_NAME },
  aws_iam_role: { identity: ['name'], remedy: ANOTHER_NAME },
  aws_lambda_alias: { identity: ['function_name', 'name'], remedy: ANOTHER_NAME },
  aws_lambda_function: { identity: ['function_name'], remedy: ANOTHER_NAME },
};

/**
 * Replacements that cannot work: what a deployment depends on is made anew before the old one goes, as Terraform has it for
 * everything below a `create_before_destroy`, and AWS takes it once only.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#create_before_destroy
 */
export const order: Rule = () => (resource) => {
  const kind = KINDS[resource.type];
  const { before, after, actions } = resource.change;
  if (!kind || !before || !after || actions[0] !== 'create' || actions[1] !== 'delete') return [];
  if (!kind.identity.every((attribute) => isSame(resource, attribute))) return [];
  const forced = changeOf(resource)?.attributes.join(', ');
  return [
    refused(
      `is made anew${forced ? ` (forced by ${forced})` : ''} before the old one goes, and AWS takes it once only: ${kind.remedy(before)}`,
    ),
  ];
};

function isSame(
  { change: { before, after, after_unknown: unknown } }: ResourceChange,
  attribute: string,
): boolean {
  return !isUnknown(unknown, [attribute]) && before?.[attribute] === after?.[attribute];
}

/** A part of a REST API: its stage answers from the last deployment, whatever becomes of the part meanwhile. */
function part(
  identity: readonly string[],
  command: string,
  deletedBy: readonly string[] = identity.slice(1),
): Kind {
  return {
    identity,
    remedy: (before) => {
      const options = ['rest_api_id', ...deletedBy].map((attribute) => {
        const option = attribute === 'id' ? 'resource-id' : attribute.replaceAll('_', '-');
        return `--${option} ${String(before[attribute])}`;
      });
      return `delete it first, which the stage does not notice until it is deployed, and plan again: aws apigateway ${command} ${options.join(' ')}`;
    },
  };
}
