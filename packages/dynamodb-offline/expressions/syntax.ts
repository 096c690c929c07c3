import type { Faults } from './faults';
import { isFunction } from './functions';
import { parsePath } from './paths';
import {
  type ArithmeticSyntax,
  type ConditionSyntax,
  isCondition,
  isOperand,
  type OperandSyntax,
  type Syntax,
} from './syntax-tree';
import type { Tokens } from './tokens';
import type { Comparator } from './tree';

/** @throws {ExpressionError} at the first token that cannot stand where it does */
export function parseConditionSyntax(tokens: Tokens, faults: Faults): ConditionSyntax {
  const reader = new SyntaxReader(tokens, faults, conditionOperator);
  const condition = reader.asCondition(reader.read());
  tokens.expectEnd();
  return condition;
}

/**
 * What a `SET` sets a path to: it ends where the next action can begin.
 *
 * @throws {ExpressionError} at the first token that cannot stand where it does
 */
export function parseSetValueSyntax(tokens: Tokens, faults: Faults): OperandSyntax | ArithmeticSyntax {
  const syntax = new SyntaxReader(tokens, faults, arithmeticOperator).read();
  if (isOperand(syntax) || syntax.type === '+' || syntax.type === '-') return syntax;
  throw tokens.syntaxError();
}

/** How what is open ends in the tree. */
type Finish = (operands: readonly OperandSyntax[]) => Syntax;

/** What is open at a place of an expression: the expression itself, a parenthesis, a function, or the list of `IN`. */
class Frame {
  /** An operator that waits for the operand on its right. */
  pending: Pending | undefined = undefined;
  /** Conditions joined by `OR` so far, those joined by `AND` since, and the `NOT`s before the next one. */
  readonly alternatives: ConditionSyntax[] = [];
  conjuncts: ConditionSyntax[] = [];
  negations = 0;
  /** Operands of a function or candidates of `IN` so far. */
  readonly operands: OperandSyntax[] = [];

  constructor(
    /** None around the expression itself. */
    readonly outer: Frame | undefined,
    /** Whether nothing but operands can stand here. */
    readonly operandsOnly: boolean,
    /** What a function or `IN` is in the tree; none for a parenthesis. */
    readonly finish: Finish | undefined,
  ) {}
}

type BinaryOperator = Comparator | '+' | '-';

interface Pending {
  readonly operator: BinaryOperator | 'BETWEEN';
  readonly left: OperandSyntax;
  lower?: OperandSyntax;
}

/** What has been read whole, and whether it stands in parentheses. */
interface Whole {
  readonly syntax: Syntax;
  readonly grouped: boolean;
}

const MAX_CANDIDATES = 100;

/**
 * Reads one condition or value of an update. What is open is kept in a list and not on the call stack, so that no nesting
 * is too deep: DynamoDB's own limits are on operators and bytes.
 */
class SyntaxReader {
  private frame: Frame;

  constructor(
    private readonly tokens: Tokens,
    private readonly faults: Faults,
    private readonly operator: (tokens: Tokens) => BinaryOperator | 'BETWEEN' | 'IN' | undefined,
  ) {
    this.frame = new Frame(undefined, false, undefined);
  }

  /** Reads up to the first token that cannot go on with what is whole. */
  read(): Syntax {
    let whole: Whole | undefined;
    for (;;) {
      const { frame } = this;
      if (whole === undefined) whole = this.begin(frame);
      else if (frame.pending) whole = this.finishOperator(frame, frame.pending, whole);
      else if (this.opensOperator(frame, whole)) whole = undefined;
      else if (this.joins(frame, whole)) whole = undefined;
      else if (frame.outer === undefined) return this.fold(frame, whole).syntax;
      else whole = this.close(frame, frame.outer, whole);
    }
  }

  asCondition(syntax: Syntax): ConditionSyntax {
    if (!isCondition(syntax)) throw this.tokens.syntaxError();
    return syntax;
  }

  private asOperand(syntax: Syntax): OperandSyntax {
    if (!isOperand(syntax)) throw this.tokens.syntaxError();
    return syntax;
  }

  /** The next operand, or nothing where a parenthesis, a function or a `NOT` begins. */
  private begin(frame: Frame): Whole | undefined {
    const { tokens, faults } = this;
    const operandsOnly = frame.operandsOnly || frame.pending !== undefined;
    const { type, text } = tokens.peek();
    if (tokens.takes('(')) {
      this.frame = new Frame(frame, operandsOnly, undefined);
      return undefined;
    }
    if (!operandsOnly && tokens.keyword() === 'NOT') {
      tokens.next();
      faults.countOperator();
      frame.negations++;
      return undefined;
    }
    if (type === 'word' && tokens.peek(1).text === '(') {
      tokens.next();
      tokens.next();
      if (!isFunction(text)) faults.note('function', `Invalid function name; function: ${text}`);
      faults.countOperator();
      const finish = (args: readonly OperandSyntax[]): Syntax => ({ type: 'call', name: text, args });
      this.frame = new Frame(frame, true, finish);
      return undefined;
    }
    if (type !== 'value') return { syntax: parsePath(tokens, faults), grouped: false };
    return { syntax: { type, placeholder: tokens.next().text }, grouped: false };
  }

  private opensOperator(frame: Frame, { syntax }: Whole): boolean {
    const operator = frame.operandsOnly || !isOperand(syntax) ? undefined : this.operator(this.tokens);
    if (operator === undefined || !isOperand(syntax)) return false;
    this.tokens.next();
    this.faults.countOperator();
    if (operator === 'IN') {
      this.tokens.expect('(');
      const finish = (candidates: readonly OperandSyntax[]): Syntax => {
        if (candidates.length > MAX_CANDIDATES) {
          const message = 'The IN operator is provided with too many operands; number of operands';
          this.faults.note('operators', `${message}: ${candidates.length}`);
        }
        return { type: 'in', operand: syntax, candidates };
      };
      this.frame = new Frame(frame, true, finish);
    } else {
      frame.pending = { operator, left: syntax };
    }
    return true;
  }

  private finishOperator(frame: Frame, pending: Pending, { syntax }: Whole): Whole | undefined {
    const { operator, left, lower } = pending;
    const right = this.asOperand(syntax);
    if (operator === 'BETWEEN' && lower === undefined) {
      if (this.tokens.keyword() !== 'AND') throw this.tokens.syntaxError();
      this.tokens.next();
      pending.lower = right;
      return undefined;
    }
    frame.pending = undefined;
    if (operator === 'BETWEEN') {
      return {
        syntax: { type: 'between', operand: left, lower: lower ?? right, upper: right },
        grouped: false,
      };
    }
    if (operator === '+' || operator === '-') {
      return { syntax: { type: operator, left, right }, grouped: false };
    }
    return { syntax: { type: 'comparison', comparator: operator, left, right }, grouped: false };
  }

  private joins(frame: Frame, { syntax }: Whole): boolean {
    const keyword = frame.operandsOnly ? undefined : this.tokens.keyword();
    if (keyword !== 'AND' && keyword !== 'OR') return false;
    frame.conjuncts.push(negated(frame, this.asCondition(syntax)));
    if (keyword === 'OR') {
      frame.alternatives.push(joined('and', frame.conjuncts));
      frame.conjuncts = [];
    }
    this.tokens.next();
    this.faults.countOperator();
    return true;
  }

  /** All that stands between the opening of a frame and its end. */
  private fold(frame: Frame, whole: Whole): Whole {
    const { alternatives, conjuncts, negations } = frame;
    if (alternatives.length + conjuncts.length + negations === 0) return whole;
    const condition = negated(frame, this.asCondition(whole.syntax));
    const alternative = joined('and', [...conjuncts, condition]);
    return { syntax: joined('or', [...alternatives, alternative]), grouped: false };
  }

  private close(frame: Frame, outer: Frame, whole: Whole): Whole | undefined {
    const { tokens } = this;
    const { syntax, grouped } = this.fold(frame, whole);
    if (frame.finish) {
      frame.operands.push(this.asOperand(syntax));
      if (tokens.takes(',')) return undefined;
    }
    tokens.expect(')');
    this.frame = outer;
    if (frame.finish) return { syntax: frame.finish(frame.operands), grouped: false };
    if (grouped) this.faults.note('parentheses', 'The expression has redundant parentheses;');
    return { syntax, grouped: true };
  }
}

function negated(frame: Frame, condition: ConditionSyntax): ConditionSyntax {
  let result = condition;
  for (; frame.negations > 0; frame.negations--) result = { type: 'not', condition: result };
  return result;
}

function joined(type: 'and' | 'or', conditions: readonly ConditionSyntax[]): ConditionSyntax {
  const [first, ...rest] = conditions;
  return first !== undefined && rest.length === 0 ? first : { type, conditions };
}

function conditionOperator(tokens: Tokens): Comparator | 'BETWEEN' | 'IN' | undefined {
  const keyword = tokens.keyword();
  if (keyword === 'BETWEEN' || keyword === 'IN') return keyword;
  return COMPARATORS.find((comparator) => tokens.sees(comparator));
}

const COMPARATORS: readonly Comparator[] = ['=', '<>', '<', '<=', '>', '>='];

function arithmeticOperator(tokens: Tokens): '+' | '-' | undefined {
  if (tokens.sees('+')) return '+';
  return tokens.sees('-') ? '-' : undefined;
}
