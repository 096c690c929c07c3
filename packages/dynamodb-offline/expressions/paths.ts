import type { Faults } from './faults';
import type { Placeholders } from './placeholders';
import type { Tokens } from './tokens';
import type { Path } from './tree';

/** A document path as it is written: names, `#names`, and indexes of lists. */
export interface PathSyntax {
  readonly type: 'path';
  readonly steps: readonly [string, ...(string | number)[]];
}

const MAX_DEPTH = 32;
const MAX_INDEX = 4_294_967_294;

/** @throws {ExpressionError} where no path begins, or it breaks off */
export function parsePath(tokens: Tokens, faults: Faults): PathSyntax {
  const steps: [string, ...(string | number)[]] = [parseName(tokens, faults)];
  for (;;) {
    if (tokens.takes('.')) steps.push(parseName(tokens, faults));
    else if (tokens.takes('[')) steps.push(parseIndex(tokens, faults));
    else break;
  }
  if (steps.length > MAX_DEPTH) {
    faults.note('depth', `The document path has too many nesting levels; nesting levels: ${steps.length}`);
  }
  return { type: 'path', steps };
}

function parseName(tokens: Tokens, faults: Faults): string {
  const { type, text } = tokens.peek();
  if (type !== 'word' && type !== 'name') throw tokens.syntaxError();
  if (faults.isReserved(text)) {
    faults.note('reserved', `Attribute name is a reserved keyword; reserved keyword: ${text}`);
  }
  return tokens.next().text;
}

function parseIndex(tokens: Tokens, faults: Faults): number {
  if (tokens.peek().type !== 'index') throw tokens.syntaxError();
  const { text } = tokens.next();
  if (Number(text) > MAX_INDEX) {
    faults.note('depth', `List index is not within the allowable range; index: [${text}]`);
  }
  tokens.expect(']');
  return Number(text);
}

/** @throws {ExpressionError} when a `#name` in it is not defined */
export function resolvePath(
  { steps: [first, ...rest] }: PathSyntax,
  tokens: Tokens,
  placeholders: Placeholders<unknown>,
): Path {
  const resolve = (name: string): string => (name.startsWith('#') ? placeholders.name(name, tokens) : name);
  return [resolve(first), ...rest.map((step) => (typeof step === 'number' ? step : resolve(step)))];
}

/** As DynamoDB writes a path in its messages: `[list, [0], member]`. */
export function describePath(path: Path): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

/**
 * Two paths overlap when one leads to the other or through it; they conflict when they take one place for a map and for a
 * list.
 *
 * @throws {ExpressionError} an overlap before a conflict
 */
export function refuseOverlaps(paths: readonly Path[], tokens: { refusal(message: string): Error }): void {
  const root: Place = {};
  const clashes = paths.map((path) => visit(root, path));
  const clash = clashes.find((found) => found?.kind === 'overlap') ?? clashes.find(Boolean);
  if (clash === undefined) return;
  const { kind, one, two } = clash;
  const message = `Two document paths ${kind} with each other; must remove or rewrite one of these paths`;
  throw tokens.refusal(`${message}; path one: ${describePath(one)}, path two: ${describePath(two)}`);
}

/** A place in documents: the path that ends there, or the first that leads through it, and how. */
interface Place {
  end?: Path;
  through?: {
    readonly path: Path;
    readonly as: 'string' | 'number';
    readonly next: Map<string | number, Place>;
  };
}

interface Clash {
  readonly kind: 'overlap' | 'conflict';
  readonly one: Path;
  readonly two: Path;
}

function visit(root: Place, path: Path): Clash | undefined {
  let place = root;
  for (const step of path) {
    const as = typeof step === 'number' ? 'number' : 'string';
    if (place.end) return { kind: 'overlap', one: place.end, two: path };
    place.through ??= { path, as, next: new Map() };
    if (place.through.as !== as) return { kind: 'conflict', one: place.through.path, two: path };
    const next = place.through.next.get(step) ?? {};
    place.through.next.set(step, next);
    place = next;
  }
  const other = place.end ?? place.through?.path;
  if (other) return { kind: 'overlap', one: other, two: path };
  place.end = path;
  return undefined;
}
