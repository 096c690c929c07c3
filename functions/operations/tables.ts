import { requiredVariable } from '../shared/env';
import { Problem } from '../shared/http/problem';
import { shortened } from '../shared/http/violations';

/** The tables a function may reach: the names callers use, to the names in AWS. The first is the default. */
export type Tables = ReadonlyMap<string, string>;

/** The map that the stack hands the function in `TABLES`, as a JSON object. */
export function tablesFromEnvironment(): Tables {
  return new Map(Object.entries(JSON.parse(requiredVariable('TABLES')) as Record<string, string>));
}

/**
 * The name in AWS of the table that a request names; of the default table when it names none.
 * @throws {Problem} `invalid-request` for any other name, ARNs included
 */
export function tableNamed(tables: Tables, name = firstOf(tables)): string {
  const physical = tables.get(name);
  if (physical !== undefined) return physical;
  const known = [...tables.keys()].join(' or ');
  const message = `is ${JSON.stringify(shortened(name))}, which is no table of this API; send ${known}, or leave it out`;
  throw new Problem('invalid-request', `tableName ${message}.`, { errors: [{ path: 'tableName', message }] });
}

function firstOf(tables: Tables): string {
  const [name] = tables.keys();
  if (name === undefined) throw new Error('TABLES names no table; the function’s stack sets it.');
  return name;
}
