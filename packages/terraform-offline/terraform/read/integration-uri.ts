import type { Resource } from '../language/configuration/resource';

/**
 * The function's ARN in an integration's URI: bare, as HTTP APIs also take it, or within the invocation path.
 * @throws when there is none in it
 */
export function functionArnOf(integration: Resource, attribute: string): string {
  const uri = integration.text(attribute);
  const arn = /arn:aws:lambda:[^/]+/.exec(uri)?.[0];
  if (arn) return arn;
  throw new Error(
    `${integration.where}.${attribute}: expected a function's invoke_arn, received ${uri}; locally integrations call Lambda functions only`,
  );
}
