import * as z from 'zod/mini';
import { settingsSchema, type EnvironmentSettings } from './settings';
import { documentation } from './kinds-of-settings';

/** A row of the README's table. */
interface Row {
  /** Dotted path. */
  readonly setting: string;
  readonly values: string;
  readonly unlessSet: unknown;
  readonly does: string;
}

/** The README's table of settings, as Markdown. */
export function settingsTable(defaults: EnvironmentSettings): string {
  const lines = rowsOf(settingsSchema, defaults).map(({ setting, values, unlessSet, does }) => [
    `\`${setting}\``,
    values,
    unlessSet === undefined ? 'none' : `\`${JSON.stringify(unlessSet)}\``,
    does,
  ]);
  const head = ['setting', 'takes', 'unless set', 'what it does'];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** A group of settings is a row for each that it holds. */
function rowsOf(group: z.ZodMiniObject, defaults: unknown, path: readonly string[] = []): Row[] {
  const values = (defaults ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(group.shape).flatMap(([name, schema]): Row[] => {
    const own = schema instanceof z.ZodMiniOptional ? schema.def.innerType : schema;
    const at = [...path, name];
    if (own instanceof z.ZodMiniObject) return rowsOf(own, values[name], at);
    const documented = documentation.get(own);
    if (!documented) throw new Error(`the setting ${at.join('.')} has no documentation`);
    return [{ setting: at.join('.'), unlessSet: values[name], ...documented }];
  });
}
