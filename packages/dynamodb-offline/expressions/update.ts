import { Faults } from './faults';
import { isUpdateFunction, misused, notAPath, wrongCount, wrongType } from './functions';
import { parsePath, refuseOverlaps, resolvePath, type PathSyntax } from './paths';
import type { Placeholders } from './placeholders';
import { parseSetValueSyntax } from './syntax';
import {
  isOperand,
  type ArithmeticSyntax,
  type CallSyntax,
  type OperandSyntax,
  type ValueSyntax,
} from './syntax-tree';
import { Tokens } from './tokens';
import type { Path, SetOperand, SetValue, Update, UpdateAction } from './tree';
import type { DataType } from './values';

type Section = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';

type ActionSyntax =
  | { readonly section: 'SET'; readonly path: PathSyntax; readonly value: OperandSyntax | ArithmeticSyntax }
  | { readonly section: 'REMOVE'; readonly path: PathSyntax }
  | { readonly section: 'ADD' | 'DELETE'; readonly path: PathSyntax; readonly value: ValueSyntax };

/** @throws {ExpressionError} when DynamoDB refuses it */
export function parseUpdate<Value>(text: string, placeholders: Placeholders<Value>): Update<Value> {
  const tokens = new Tokens('UpdateExpression', text);
  const faults = new Faults(tokens, placeholders.rules?.isReserved);
  const actions = parseSections(tokens, faults);
  // From here on a value is as deep as it has functions, so that it can be walked by recursion.
  faults.throwFirst(['parentheses', 'reserved', 'function', 'operators']);
  for (const action of actions) if (action.section === 'SET') noteMisuse(action.value, faults);
  faults.throwFirst(['usage', 'section', 'depth']);
  return new UpdateResolver(tokens, placeholders).update(actions);
}

function parseSections(tokens: Tokens, faults: Faults): ActionSyntax[] {
  const actions: ActionSyntax[] = [];
  const seen = new Set<Section>();
  do {
    const section = sectionOf(tokens.keyword());
    if (section === undefined) throw tokens.syntaxError();
    tokens.next();
    if (seen.has(section)) {
      faults.note('section', `The "${section}" section can only be used once in an update expression;`);
    }
    seen.add(section);
    do actions.push(parseAction(section, tokens, faults));
    while (tokens.takes(','));
  } while (tokens.peek().type !== 'end');
  return actions;
}

function sectionOf(keyword: string | undefined): Section | undefined {
  return keyword === 'SET' || keyword === 'REMOVE' || keyword === 'ADD' || keyword === 'DELETE'
    ? keyword
    : undefined;
}

function parseAction(section: Section, tokens: Tokens, faults: Faults): ActionSyntax {
  const path = parsePath(tokens, faults);
  if (section === 'REMOVE') return { section, path };
  if (section === 'SET') {
    tokens.expect('=');
    return { section, path, value: parseSetValueSyntax(tokens, faults) };
  }
  const { type, text } = tokens.peek();
  if (type !== 'value') throw tokens.syntaxError();
  tokens.next();
  return { section, path, value: { type, placeholder: text } };
}

/** Conditions' functions have no place in updates, and `list_append` has none within another value. */
function noteMisuse(value: OperandSyntax | ArithmeticSyntax, faults: Faults, isWithin = false): void {
  if (value.type === '+' || value.type === '-') {
    for (const operand of [value.left, value.right]) noteMisuse(operand, faults, true);
  } else if (value.type === 'call') {
    if (!isUpdateFunction(value.name)) {
      const message = 'The function is not allowed in an update expression; function';
      faults.note('usage', `${message}: ${value.name}`);
    } else if (isWithin && value.name === 'list_append') {
      faults.note('usage', misused(value.name));
    }
    for (const operand of value.args) noteMisuse(operand, faults, true);
  }
}

/** The names that messages about `ADD` and `DELETE` give to types. */
const TYPE_NAMES: Readonly<Record<DataType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  M: 'MAP',
  L: 'LIST',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
};

const SETS: readonly DataType[] = ['SS', 'NS', 'BS'];

/** Resolves and refuses in DynamoDB's order: every name, every value, paths that clash, then operands. */
class UpdateResolver<Value> {
  constructor(
    private readonly tokens: Tokens,
    private readonly placeholders: Placeholders<Value>,
  ) {}

  update(actions: readonly ActionSyntax[]): Update<Value> {
    const leaves = actions.flatMap(leavesOf);
    for (const leaf of leaves) if (leaf.type === 'path') this.path(leaf);
    for (const leaf of leaves) if (leaf.type === 'value') this.value(leaf);
    const paths = actions.map(({ path }) => this.path(path));
    refuseOverlaps(paths, this.tokens);
    for (const action of actions) this.refuseElement(action);
    return actions.map((action) => this.action(action));
  }

  private action(action: ActionSyntax): UpdateAction<Value> {
    const path = this.path(action.path);
    switch (action.section) {
      case 'SET':
        return { type: 'set', path, value: this.setValue(action.value) };
      case 'REMOVE':
        return { type: 'remove', path };
      case 'ADD':
        return { type: 'add', path, value: this.value(action.value) };
      case 'DELETE':
        return { type: 'delete', path, value: this.value(action.value) };
    }
  }

  /** `ADD` takes numbers and sets, `DELETE` takes sets. */
  private refuseElement(action: ActionSyntax): void {
    const { rules } = this.placeholders;
    if (!rules || (action.section !== 'ADD' && action.section !== 'DELETE')) return;
    const type = rules.typeOf(this.value(action.value));
    if (SETS.includes(type) || (action.section === 'ADD' && type === 'N')) return;
    throw this.tokens.refusal(
      `Incorrect operand type for operator or function; operator: ${action.section}, ` +
        `operand type: ${TYPE_NAMES[type]}, typeSet: ALLOWED_FOR_${action.section}_OPERAND`,
    );
  }

  private setValue(syntax: OperandSyntax | ArithmeticSyntax): SetValue<Value> {
    if (isOperand(syntax)) return this.operand(syntax);
    const { type } = syntax;
    const [left, right] = [this.operand(syntax.left), this.operand(syntax.right)];
    this.refuseUnless('N', type, [left, right]);
    return { type, left, right };
  }

  private operand(syntax: OperandSyntax): SetOperand<Value> {
    switch (syntax.type) {
      case 'path':
        return { type: 'path', path: this.path(syntax) };
      case 'value':
        return { type: 'value', value: this.value(syntax) };
      case 'call':
        return this.call(syntax);
    }
  }

  private call({ name, args }: CallSyntax): SetOperand<Value> {
    const [first, second, ...more] = args.map((each) => this.operand(each));
    if (!isUpdateFunction(name)) throw this.tokens.refusal(misused(name));
    if (first === undefined || second === undefined || more.length > 0) {
      throw this.tokens.refusal(wrongCount(name, args.length));
    }
    if (name === 'if_not_exists') {
      if (first.type !== 'path') throw this.tokens.refusal(notAPath(name));
      return { type: name, path: first.path, otherwise: second };
    }
    this.refuseUnless('L', name, [first, second]);
    return { type: name, first, second };
  }

  /** Only values are looked at: what is at a path shows when an item is read. */
  private refuseUnless(wanted: DataType, operator: string, operands: readonly SetOperand<Value>[]): void {
    for (const operand of operands) {
      const type = operand.type === 'value' ? this.placeholders.rules?.typeOf(operand.value) : undefined;
      if (type !== undefined && type !== wanted) throw this.tokens.refusal(wrongType(operator, type));
    }
  }

  private path(syntax: PathSyntax): Path {
    return resolvePath(syntax, this.tokens, this.placeholders);
  }

  private value({ placeholder }: ValueSyntax): Value {
    return this.placeholders.value(placeholder, this.tokens);
  }
}

/** The paths and values of an action from left to right. */
function leavesOf(action: ActionSyntax): (PathSyntax | ValueSyntax)[] {
  return action.section === 'REMOVE' ? [action.path] : [action.path, ...leavesWithin(action.value)];
}

function leavesWithin(syntax: OperandSyntax | ArithmeticSyntax): (PathSyntax | ValueSyntax)[] {
  if (syntax.type === 'call') return syntax.args.flatMap(leavesWithin);
  if (syntax.type === 'path' || syntax.type === 'value') return [syntax];
  return [syntax.left, syntax.right].flatMap(leavesWithin);
}
