import type { Violation } from './problem';
import { findViolations, type Node } from './violations';

/** Whether the request takes a string where it holds a number, by the number's path. */
export type TakesText = (path: string) => boolean;

/**
 * The numbers of a body that `complaint` finds not to be exact, each with the advice to send it as a string where that
 * would be taken.
 */
export function inexactNumbers(
  body: unknown,
  complaint: (node: Node) => string | undefined,
  takesText: TakesText = () => true,
): Violation[] {
  return findViolations(body, complaint).map(({ path, message }) => ({
    path,
    message: takesText(path) ? `${message}, or send it as a string` : message,
  }));
}
