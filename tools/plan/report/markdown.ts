import { worst } from '../verdict';
import type { Report, ReviewedStack } from './report';
import { howToAllow, oneLine } from './text';

/** GitHub refuses comments above 65,536 characters. */
const LONGEST = 60_000;

const MARKS = { 'no change': '✅', changes: '🔄', refused: '⛔' } as const;

/** For a pull request's comment. The first line is a marker by which the comment is found again. */
export function markdownReport({ stacks, unused }: Report): string {
  const outcome = worst(stacks.map(({ verdict }) => verdict.outcome));
  return clip(
    [
      '<!-- plan-review -->',
      `## Terraform plan: ${outcome} ${MARKS[outcome]}`,
      ...stacks.flatMap(({ name, verdict }) =>
        verdict.refused.map(
          (refusal) =>
            `> ⛔ **${escape(name)}**: ${escape(oneLine(refusal))}  \n> <sub>${escape(howToAllow(refusal))}</sub>`,
        ),
      ),
      ...stacks.flatMap(({ name, verdict }) =>
        verdict.allowed.map((refusal) => `> allowed: **${escape(name)}**: ${escape(oneLine(refusal))}`),
      ),
      ...stacks.flatMap(({ name, verdict }) =>
        verdict.notes.map((note) => `> note: **${escape(name)}**: ${escape(oneLine(note))}`),
      ),
      ...unused.map((name) => `> \`--allow\` ${escape(name)}: nothing was refused under this name`),
      ...stacks.map(stackMarkdown),
    ].join('\n\n'),
  );
}

function stackMarkdown({ name, verdict: { changes, outputs, outcome } }: ReviewedStack): string {
  const rows = [
    ...changes.map(({ action, address, attributes, reason }) => [
      action === 'replace' || action === 'destroy' ? `**${action}**` : action,
      escape(address),
      escape(attributes.join(', ') || (reason ?? '')),
    ]),
    ...outputs.map((output) => ['output', escape(output), '']),
  ];
  if (rows.length === 0) return `### ${escape(name)}: ${outcome}`;
  return [
    `### ${escape(name)}: ${outcome}`,
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
