import type { Note } from '../notes';
import type { Refusal } from '../review';
import { worst } from '../verdict';
import type { Report, ReviewedStack } from './report';

/** For a terminal. */
export function textReport({ stacks, unused }: Report): string {
  const outcome = worst(stacks.map(({ verdict }) => verdict.outcome));
  return [
    ...stacks.map(stackText),
    ...unused.map((name) => `--allow ${name}: nothing was refused under this name`),
    `verdict: ${outcome}`,
  ].join('\n\n');
}

function stackText({ name, verdict }: ReviewedStack): string {
  const { changes, outputs, refused, allowed, notes } = verdict;
  const rows = [
    ...changes.map(({ action, address, attributes, reason }) => [
      action,
      address,
      attributes.join(', ') || (reason ?? ''),
    ]),
    ...outputs.map((output) => ['output', output, '']),
  ];
  return [
    `${name}: ${verdict.outcome}`,
    ...columns(rows),
    ...refused.flatMap((refusal) => [`  refused: ${oneLine(refusal)}`, `    ${howToAllow(refusal)}`]),
    ...allowed.map((refusal) => `  allowed: ${oneLine(refusal)}`),
    ...notes.map((note) => `  note: ${oneLine(note)}`),
  ].join('\n');
}

/** A refusal or note as one line. */
export function oneLine({ address, sentence }: Refusal | Note): string {
  return `${address} ${sentence}`;
}

/** How to let it pass, on the command line. */
export function howToAllow({ rule, address }: Refusal): string {
  const name = `${rule}:${address}`;
  return `if that is what you want: --allow ${/[["]/.test(name) ? `'${name}'` : name}`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(width(i))).join('  ')}`.trimEnd());
}
