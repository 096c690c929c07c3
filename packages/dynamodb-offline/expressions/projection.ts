import { Faults } from './faults';
import { parsePath, refuseOverlaps, resolvePath } from './paths';
import type { Placeholders } from './placeholders';
import { Tokens } from './tokens';
import type { Path } from './tree';

/** @throws {ExpressionError} when DynamoDB refuses it */
export function parseProjection(text: string, placeholders: Placeholders<unknown>): readonly Path[] {
  const tokens = new Tokens('ProjectionExpression', text);
  const faults = new Faults(tokens, placeholders.rules?.isReserved);
  const paths = [parsePath(tokens, faults)];
  while (tokens.takes(',')) paths.push(parsePath(tokens, faults));
  tokens.expectEnd();
  faults.throwFirst(['reserved', 'depth']);
  const resolved = paths.map((path) => resolvePath(path, tokens, placeholders));
  refuseOverlaps(resolved, tokens);
  return resolved;
}
