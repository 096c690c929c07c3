import { inLocalAccount } from '../../iam/arn';
import type { Block } from '../language/configuration/block';

/**
 * An integration's URI at a stage.
 * @param stageVariables what `${stageVariables.name}` in it stands for
 * @throws when the stage has no such variable
 */
export function uriOf(
  integration: Block,
  attribute: string,
  stageVariables: Readonly<Record<string, string>>,
): string {
  return integration.text(attribute).replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => {
    const value = stageVariables[name];
    if (value !== undefined) return value;
    throw new Error(`${integration.where}.${attribute}: the stage has no variable ${name}`);
  });
}

/**
 * The function's ARN in an integration's URI: bare, as HTTP APIs also take it, or within the invocation path.
 * @param stageVariables what `${stageVariables.name}` in it stands for
 * @throws when there is none in it
 */
export function functionArnOf(
  integration: Block,
  attribute: string,
  stageVariables: Readonly<Record<string, string>>,
): string {
  const uri = uriOf(integration, attribute, stageVariables);
  const arn = /arn:aws:lambda:[^/]+/.exec(uri)?.[0];
  if (arn) return inLocalAccount(arn);
  throw new Error(
    `${integration.where}.${attribute}: expected a function's invoke_arn, received ${uri}; of AWS's services, integrations call Lambda only here`,
  );
}
