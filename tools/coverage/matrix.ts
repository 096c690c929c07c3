import { Row, type Rows } from '../../packages/terraform-offline/terraform/coverage/coverage';
import { SERVICES } from '../../packages/terraform-offline/terraform/coverage/table';

const KINDS = ['served', 'without effect', 'not served', 'refused'] as const;

const HEAD = ['resource', 'served', 'without effect here', 'named at start', 'answers 501'];

/** What becomes of each attribute, as Markdown: a table for each service. */
export function coverageMatrix(): string {
  return Object.entries(SERVICES)
    .map(([service, types]) => {
      const detailed = Object.entries(types).flatMap(([type, rows]) =>
        rows instanceof Row ? [] : [[code(type), ...KINDS.map((kind) => attributes(rows, kind))]],
      );
      const lines = [HEAD, HEAD.map(() => '---'), ...detailed, ...wholeTypes(types)];
      return `### ${service}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}`;
    })
    .join('\n');
}

/** Those of a kind, each with what that means; a block that is all of that kind stands for what is within it. */
function attributes(rows: Rows, kind: Row['kind']): string {
  const byMeaning = new Map<string, string[]>();
  for (const [path, row] of ofKind(rows, kind)) {
    const meaning = meaningOf(row);
    byMeaning.set(meaning, [...(byMeaning.get(meaning) ?? []), code(path)]);
  }
  return [...byMeaning].map(([meaning, paths]) => `${paths.join(', ')}${meaning}`).join('; ');
}

function ofKind(rows: Rows, kind: Row['kind'], prefix = ''): (readonly [string, Row])[] {
  return Object.entries(rows).flatMap(([name, row]): (readonly [string, Row])[] => {
    if (row instanceof Row) return row.kind === kind ? [[prefix + name, row]] : [];
    const within = ofKind(row, kind, `${prefix}${name}.`);
    const first = within[0]?.[1];
    const isWhole =
      first !== undefined &&
      within.length === count(row) &&
      within.every(([, one]) => one.meaning === first.meaning);
    return isWhole ? [[prefix + name, first]] : within;
  });
}

function count(rows: Rows): number {
  return Object.values(rows).reduce((sum, row) => sum + (row instanceof Row ? 1 : count(row)), 0);
}

function meaningOf({ meaning, harmless }: Row): string {
  if (meaning === '') return '';
  const values = harmless.filter((value) => value !== '').map((value) => code(String(value)));
  const unless = values.length > 0 ? ` other than ${values.join(', ')}` : '';
  return `${unless}: ${meaning.replace('VALUE is', 'others are').replace('VALUE', 'another')}`;
}

/** Those that have one row, together with all that have the same. */
function wholeTypes(types: (typeof SERVICES)[string]): string[][] {
  return KINDS.flatMap((kind) => {
    const byMeaning = new Map<string, string[]>();
    for (const [type, row] of Object.entries(types)) {
      if (!(row instanceof Row) || row.kind !== kind) continue;
      byMeaning.set(row.meaning, [...(byMeaning.get(row.meaning) ?? []), code(type)]);
    }
    return [...byMeaning].map(([meaning, names]) => [
      names.join(', '),
      ...KINDS.map((one) => (one === kind ? meaning || 'all of it' : '')),
    ]);
  });
}

function code(text: string): string {
  return `\`${text}\``;
}
