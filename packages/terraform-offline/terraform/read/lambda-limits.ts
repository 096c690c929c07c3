import type { Block } from '../language/configuration/block';

/**
 * A number that Lambda takes within limits only.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#function-configuration-deployment-and-execution
 * @param otherwise when it is left out
 * @throws when it is beyond them
 */
export function numberWithin(
  block: Block,
  attribute: string,
  [least, most]: readonly [number, number],
  otherwise: number,
): number {
  const number = block.number(attribute, otherwise);
  if (number >= least && number <= most) return number;
  throw new Error(`${block.where}.${attribute}: Lambda takes ${least} to ${most}, received ${number}`);
}
