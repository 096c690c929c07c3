import type { Stack } from './model';

/**
 * What AWS refuses to create a second time.
 * @throws naming both stacks when two functions, or two tables, of an account and region have one name
 */
export function assertUniqueNames(stacks: readonly Stack[]): void {
  const takenBy = new Map<string, string>();
  const take = (kind: string, { name, arn }: { name: string; arn: string }, stack: string) => {
    const other = takenBy.get(arn);
    if (other !== undefined) {
      const where = other === stack ? `${stack} has` : `${other} and ${stack} each have`;
      throw new Error(`${where} a ${kind} named ${name}: AWS takes a name once for an account and region`);
    }
    takenBy.set(arn, stack);
  };
  for (const { id, functions, tables } of stacks) {
    for (const fn of functions) take('function', fn, id);
    for (const table of tables) take('table', table, id);
  }
}
