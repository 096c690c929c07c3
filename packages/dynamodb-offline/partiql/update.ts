import type { AttributeValue } from '../attribute-value';
import { validation } from '../errors';
import { membersOf, typeOf } from '../evaluation/compare';
import { wrongCount, wrongType } from '../expressions/functions';
import { refuseOverlaps } from '../expressions/paths';
import type { Path, SetOperand, Update, UpdateAction } from '../expressions/tree';
import { readPath } from './paths';
import { malformed, type Token, type Tokens } from './tokens';
import type { Values } from './values';

type Action = UpdateAction<AttributeValue>;
type Operand = SetOperand<AttributeValue>;

/** Operands are read by recursion. DynamoDB's own limit is not documented. */
const deepestNesting = 200;

/** Reads the SET and REMOVE clauses of an UPDATE. */
export class Updates {
  private nesting = 0;

  constructor(
    private readonly tokens: Tokens,
    private readonly values: Values,
  ) {}

  update(): Update<AttributeValue> {
    const actions: Action[] = [];
    for (;;) {
      if (this.tokens.takes('SET')) actions.push(...this.clause(() => this.assignment()));
      else if (this.tokens.takes('REMOVE')) actions.push(...this.clause(() => this.removal()));
      else break;
    }
    if (actions.length === 0) throw this.tokens.unexpected();
    refuseOverlaps(
      actions.map(({ path }) => path),
      { refusal: validation },
    );
    return actions;
  }

  private clause(read: () => Action): Action[] {
    const actions = [read()];
    while (this.tokens.takes(',')) actions.push(read());
    return actions;
  }

  private removal(): Action {
    return { type: 'remove', path: readPath(this.tokens) };
  }

  private assignment(): Action {
    const path = readPath(this.tokens);
    this.tokens.expect('=');
    for (const name of ['SET_ADD', 'SET_DELETE'] as const) {
      if (this.tokens.sees(name) && this.tokens.sees('(', 1)) return this.setAction(name, path);
    }
    const left = this.operand();
    const { text: type } = this.tokens.peek();
    if (this.tokens.peek().type !== 'symbol' || (type !== '+' && type !== '-')) {
      return { type: 'set', path, value: left };
    }
    this.tokens.next();
    const right = this.operand();
    refuseUnless('N', type, [left, right]);
    return { type: 'set', path, value: { type, left, right } };
  }

  /** `SET a = set_add(a, <<1>>)`: what update expressions call ADD and DELETE. */
  private setAction(name: 'SET_ADD' | 'SET_DELETE', path: Path): Action {
    const { place } = this.tokens.next();
    const { place: placeOfFirst } = this.tokens.peek(1);
    const [first, second] = this.args(name.toLowerCase());
    if (first.type !== 'path' || JSON.stringify(first.path) !== JSON.stringify(path)) {
      throw validation(`The first argument to ${name} must equal the assignment value at ${place}`);
    }
    if (second.type !== 'value' || !membersOf(second.value)) {
      throw validation(`The second argument to ${name} must be a value with type SET at ${placeOfFirst}`);
    }
    return { type: name === 'SET_ADD' ? 'add' : 'delete', path, value: second.value };
  }

  private operand(): Operand {
    if (this.values.isNext) return { type: 'value', value: this.values.value() };
    if (!this.tokens.sees('(', 1)) return { type: 'path', path: readPath(this.tokens) };
    const token = this.tokens.next();
    const name = token.text.toLowerCase();
    const [first, second] = this.args(name);
    if (name === 'list_append') {
      refuseUnless('L', name, [first, second]);
      return { type: name, first, second };
    }
    if (name !== 'if_not_exists') throw noFunction(token);
    if (first.type !== 'path') throw this.tokens.unexpected();
    return { type: name, path: first.path, otherwise: second };
  }

  /** What is in the parentheses: every function of updates takes two operands. */
  private args(name: string): [Operand, Operand] {
    if (++this.nesting > deepestNesting) throw malformed('The value is nested too deeply');
    this.tokens.expect('(');
    const args = [this.operand()];
    while (this.tokens.takes(',')) args.push(this.operand());
    this.tokens.expect(')');
    this.nesting--;
    const [first, second, ...more] = args;
    if (!first || !second || more.length > 0) throw validation(wrongCount(name, args.length));
    return [first, second];
  }
}

function noFunction({ text, place }: Token) {
  return malformed(`No such function: ${text} at ${place}`);
}

/** Only values are looked at: what is at a path shows when an item is read. */
function refuseUnless(wanted: 'N' | 'L', operator: string, operands: readonly Operand[]): void {
  for (const operand of operands) {
    const type = operand.type === 'value' ? typeOf(operand.value) : wanted;
    if (type !== wanted) throw validation(wrongType(operator, type));
  }
}
