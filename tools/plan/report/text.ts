import { allowanceFor, type Allowance, type Place } from '../allowances';
import type { Note } from '../notes';
import type { Refusal } from '../review';
import { worst } from '../verdict';
import { FIRST, type Report, type ReviewedStack } from './report';

/** For a terminal. */
export function textReport({ stacks, file, unneeded }: Report): string {
  const outcome = worst(stacks.map(({ verdict }) => verdict.outcome));
  return [
    ...stacks.map((stack) => stackText(stack, file)),
    ...unneeded.map((allowance) => notNeeded(allowance, file)),
    `verdict: ${outcome}`,
  ].join('\n\n');
}

function stackText({ place, verdict }: ReviewedStack, file: string): string {
  const { changes, outputs, refused, allowed, gains, notes, isFirst } = verdict;
  const rows = [
    ...changes.map(({ action, address, attributes, reason }) => [
      action,
      address,
      attributes.join(', ') || (reason ?? ''),
    ]),
    ...outputs.map((output) => ['output', output, '']),
  ];
  return [
    `${place.stack}: ${verdict.outcome}${isFirst ? `; ${FIRST}` : ''}`,
    ...columns(rows),
    ...refused.flatMap((refusal) => [
      `  refused: ${oneLine(refusal)}`,
      `    ${howToAllow(refusal, place, file)}`,
    ]),
    ...allowed.map((refusal) => `  allowed: ${oneLine(refusal)}`),
    ...gains.map((gain) => `  gains: ${oneLine(gain)}`),
    ...notes.map((note) => `  note: ${oneLine(note)}`),
  ].join('\n');
}

/** A refusal or note as one line. */
export function oneLine({ address, sentence }: Refusal | Note): string {
  return `${address} ${sentence}`;
}

/** How to let exactly this pass. */
export function howToAllow(refusal: Refusal, place: Place, file: string): string {
  return `if that is what you want, add to ${file}: ${JSON.stringify(allowanceFor(refusal, place))}`;
}

/** What is wrong with an allowance that nothing needs. */
export function notNeeded({ rule, address, digest }: Allowance, file: string): string {
  return `error: ${file} allows ${rule} of ${address} (${digest}), which no change needs: take it out`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map((column) =>
    rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0),
  );
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}
