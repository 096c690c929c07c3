import type { Stack } from './model/stack';
import type { Unserved } from './model/unserved';

/**
 * What AWS refuses to create a second time: of two functions, or two tables, of one name in an account and region, the
 * second is not served.
 */
export function withUniqueNames(stacks: readonly Stack[]): Stack[] {
  const takenBy = new Map<string, string>();
  /** Undefined for the first of a name. */
  const taken = (kind: string, { name, arn }: { name: string; arn: string }, stack: string) => {
    const other = takenBy.get(arn);
    takenBy.set(arn, other ?? stack);
    if (other === undefined) return undefined;
    const where = other === stack ? `${stack} has` : `${other} and ${stack} each have`;
    return {
      address: `${stack}: ${kind} ${name}`,
      reason: `${where} a ${kind} named ${name}: AWS takes a name once for an account and region`,
      effect: `what refers to it in ${stack} answers 501`,
      arn,
    };
  };
  return stacks.map((stack) => {
    const unserved: Unserved[] = [];
    const isFirst = (kind: string) => (one: { name: string; arn: string }) => {
      const refusal = taken(kind, one, stack.id);
      if (refusal) unserved.push(refusal);
      return refusal === undefined;
    };
    const functions = stack.functions.filter(isFirst('function'));
    const tables = stack.tables.filter(isFirst('table'));
    return { ...stack, functions, tables, unserved: [...stack.unserved, ...unserved] };
  });
}
