import { Reader } from './reader';
import { readTemplate } from './template';
import type { Expression } from './tree';

const INTRODUCTION = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t\r]*\n/uy;

/**
 * `<<MARK` or, with its indentation taken away, `<<-MARK`, up to the line with the mark alone.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#heredoc-strings
 */
export function readHeredoc(reader: Reader, readExpression: (reader: Reader) => Expression): Expression {
  const start = reader.position;
  const [, indented, mark] = reader.match(INTRODUCTION) ?? reader.fail('expected <<MARK and a new line');
  const lines: string[] = [];
  for (;;) {
    if (reader.atEnd)
      throw new Error(`the text from <<${indented}${mark} has no line with ${mark} at its end`);
    const lineEnd = reader.source.indexOf('\n', reader.position);
    const line = reader.source.slice(reader.position, lineEnd < 0 ? undefined : lineEnd);
    // The new line after the mark belongs to what is around.
    reader.position += line.length;
    if (line.trim() === mark) break;
    reader.position += 1;
    lines.push(`${line}\n`);
  }
  const text = (indented === '-' ? withoutIndentation(lines) : lines).join('');
  return { ...readTemplate(new Reader(text), readExpression), ...reader.since(start) };
}

function withoutIndentation(lines: readonly string[]): string[] {
  const least = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  return lines.map((line) =>
    line.trim() === '' ? line.slice(Math.min(least, line.length - 1)) : line.slice(least),
  );
}
