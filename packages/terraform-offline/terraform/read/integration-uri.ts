import type { Resource } from '../language/configuration/resource';

/**
 * The function's ARN in an integration's URI: bare, as HTTP APIs also take it, or within the invocation path.
 * @param stageVariables what `${stageVariables.name}` in it stands for
 * @throws when there is none in it
 */
export function functionArnOf(
  integration: Resource,
  attribute: string,
  stageVariables: Readonly<Record<string, string>>,
): string {
  const uri = integration.text(attribute).replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => {
    const value = stageVariables[name];
    if (value !== undefined) return value;
    throw new Error(`${integration.where}.${attribute}: the stage has no variable ${name}`);
  });
  const arn = /arn:aws:lambda:[^/]+/.exec(uri)?.[0];
  if (arn) return arn;
  throw new Error(
    `${integration.where}.${attribute}: expected a function's invoke_arn, received ${uri}; locally integrations call Lambda functions only`,
  );
}
