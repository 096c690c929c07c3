import type { Note } from '../notes';
import type { Refusal } from '../review';
import { worst, type Verdict } from '../verdict';
import { FIRST, type Report, type ReviewedStack } from './report';
import { howToAllow, notNeeded, oneLine } from './text';

/** GitHub refuses comments above 65,536 characters. */
const LONGEST = 60_000;

const MARKS = { 'no change': '✅', changes: '🔄', refused: '⛔' } as const;

/** For a pull request's comment. The first line is a marker by which the comment is found again. */
export function markdownReport({ stacks, file, unneeded }: Report): string {
  const outcome = worst(stacks.map(({ verdict }) => verdict.outcome));
  const environment = stacks[0]?.place.environment ?? '';
  return clip(
    [
      '<!-- plan-review -->',
      `## Terraform plan of ${escape(environment)}: ${outcome} ${MARKS[outcome]}`,
      ...stacks.flatMap(({ place, verdict }) =>
        verdict.refused.map(
          (refusal) =>
            `> ⛔ **${escape(place.stack)}**: ${escape(oneLine(refusal))}  \n> <sub>${escape(howToAllow(refusal, place, file))}</sub>`,
        ),
      ),
      ...unneeded.map((allowance) => `> ⛔ ${escape(notNeeded(allowance, file))}`),
      ...lines(stacks, 'allowed', ({ allowed }) => allowed),
      ...lines(stacks, 'gains', ({ gains }) => gains),
      ...lines(stacks, 'note', ({ notes }) => notes),
      ...stacks.map(stackMarkdown),
    ].join('\n\n'),
  );
}

function lines(
  stacks: readonly ReviewedStack[],
  label: string,
  of: (verdict: Verdict) => readonly (Note | Refusal)[],
): string[] {
  return stacks.flatMap(({ place, verdict }) =>
    of(verdict).map((note) => `> ${label}: **${escape(place.stack)}**: ${escape(oneLine(note))}`),
  );
}

function stackMarkdown({ place, verdict: { changes, outputs, outcome, isFirst } }: ReviewedStack): string {
  const rows = [
    ...changes.map(({ action, address, attributes, reason }) => [
      action === 'replace' || action === 'destroy' ? `**${action}**` : action,
      escape(address),
      escape(attributes.join(', ') || (reason ?? '')),
    ]),
    ...outputs.map((output) => ['output', escape(output), '']),
  ];
  const heading = `### ${escape(place.stack)}: ${outcome}${isFirst ? `; ${FIRST}` : ''}`;
  if (rows.length === 0) return heading;
  return [
    heading,
    '',
    '| action | resource | attributes |',
    '| --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

/** So that no name in a plan can be Markdown, HTML or a mention. */
function escape(text: string): string {
  return text
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '')
    .replace(/[\\`*_[\]|#~]/g, '\\$&')
    .replace(/@/g, '@\u200b')
    .replace(/[\r\n]+/g, ' ');
}

function clip(text: string): string {
  if (text.length <= LONGEST) return text;
  const end = text.lastIndexOf('\n', LONGEST);
  return `${text.slice(0, end)}\n\nCut here: the whole plan is in the artifact.`;
}
