import type { AttributeValue } from '../attribute-value';
import { validation } from '../errors';
import { typeOf } from '../evaluation/compare';
import { misused, wrongCount, wrongType } from '../expressions/functions';
import type { Comparand, Comparator, Condition, Path } from '../expressions/tree';
import { readPath } from './paths';
import { malformed, type Tokens } from './tokens';
import type { Values } from './values';

type Where = Condition<AttributeValue>;
type Operand = Comparand<AttributeValue>;

/** Conditions are read by recursion. DynamoDB's own limit is not documented. */
const deepestNesting = 200;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const mostCandidates = 100;

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const DATA_TYPES = ['N', 'BS', 'L', 'B', 'NULL', 'M', 'S', 'SS', 'NS', 'BOOL'];

/** Reads what follows WHERE. */
export class Conditions {
  private nesting = 0;

  constructor(
    private readonly tokens: Tokens,
    private readonly values: Values,
  ) {}

  condition(): Where {
    if (++this.nesting > deepestNesting) throw malformed('The condition is nested too deeply');
    const condition = this.joined('OR', () => this.joined('AND', () => this.negation()));
    this.nesting--;
    return condition;
  }

  private joined(word: 'OR' | 'AND', read: () => Where): Where {
    const conditions = [read()];
    while (this.tokens.takes(word)) conditions.push(read());
    return conditions.length > 1 ? { type: word === 'OR' ? 'or' : 'and', conditions } : conditions[0]!;
  }

  private negation(): Where {
    let isNegative = false;
    while (this.tokens.takes('NOT')) isNegative = !isNegative;
    const condition = this.single();
    return isNegative ? not(condition) : condition;
  }

  private single(): Where {
    if (this.tokens.takes('(')) {
      const condition = this.condition();
      this.tokens.expect(')');
      return condition;
    }
    if (this.isCall && !this.tokens.sees('SIZE')) return this.call();
    const operand = this.operand();
    const comparator = COMPARATORS[this.tokens.peek().text];
    if (this.tokens.peek().type === 'symbol' && comparator) return this.comparison(operand, comparator);
    if (this.tokens.takes('IS')) return this.is(operand);
    const isNegative = this.tokens.takes('NOT');
    const condition = this.range(operand);
    return isNegative ? not(condition) : condition;
  }

  private comparison(left: Operand, comparator: Comparator): Where {
    const { text: operator } = this.tokens.next();
    const right = this.operand();
    if (comparator !== '=' && comparator !== '<>') refuseUnordered(operator, [left, right]);
    return { type: 'comparison', comparator, left, right };
  }

  private range(operand: Operand): Where {
    if (this.tokens.takes('BETWEEN')) {
      const lower = this.operand();
      this.tokens.expect('AND');
      const upper = this.operand();
      refuseUnordered('BETWEEN', [lower, upper]);
      return { type: 'between', operand, lower, upper };
    }
    if (!this.tokens.takes('IN')) throw this.tokens.unexpected();
    const end = this.tokens.takes('[') ? ']' : ')';
    if (end === ')') this.tokens.expect('(');
    const candidates: Operand[] = [];
    do candidates.push(this.operand());
    while (this.tokens.takes(','));
    this.tokens.expect(end);
    if (candidates.length > mostCandidates) {
      throw validation(
        `The IN operator is provided with too many operands; number of operands: ${candidates.length}`,
      );
    }
    return { type: 'in', operand, candidates };
  }

  private is(operand: Operand): Where {
    const isNegative = this.tokens.takes('NOT');
    const condition = this.isWhat(operand);
    return isNegative ? not(condition) : condition;
  }

  private isWhat(operand: Operand): Where {
    if (this.tokens.takes('MISSING')) return { type: 'attribute_not_exists', path: this.pathOf(operand) };
    this.tokens.expect('NULL');
    return { type: 'attribute_type', operand, dataType: { S: 'NULL' } };
  }

  private call(): Where {
    const { text, place } = this.tokens.next();
    const name = text.toLowerCase();
    const args = this.args();
    const [first, second] = args;
    const expectCount = (count: number) => {
      if (args.length !== count || !first) throw validation(wrongCount(name, args.length));
      return first;
    };
    switch (name) {
      case 'attribute_exists':
      case 'attribute_not_exists':
        return { type: name, path: this.pathOf(expectCount(1)) };
      case 'attribute_type':
        return { type: name, operand: expectCount(2), dataType: this.dataTypeOf(second!) };
      case 'begins_with':
      case 'contains':
        return { type: name, operand: expectCount(2), argument: second! };
      case 'if_not_exists':
      case 'list_append':
      case 'set_add':
      case 'set_delete':
        throw validation(misused(name));
      default:
        throw malformed(`No such function: ${text} at ${place}`);
    }
  }

  private operand(): Operand {
    if (this.values.isNext) return { type: 'value', value: this.values.value() };
    if (!this.isCall) return { type: 'path', path: readPath(this.tokens) };
    if (!this.tokens.sees('SIZE')) throw this.tokens.unexpected();
    this.tokens.next();
    const args = this.args();
    const [of] = args;
    if (args.length !== 1 || !of) throw validation(wrongCount('size', args.length));
    if (of.type === 'size') throw validation(misused('size'));
    return { type: 'size', of };
  }

  private args(): Operand[] {
    this.tokens.expect('(');
    const args: Operand[] = [];
    if (this.tokens.takes(')')) return args;
    if (++this.nesting > deepestNesting) throw malformed('The condition is nested too deeply');
    do args.push(this.operand());
    while (this.tokens.takes(','));
    this.nesting--;
    this.tokens.expect(')');
    return args;
  }

  private dataTypeOf(operand: Operand): AttributeValue {
    if (operand.type !== 'value') throw this.tokens.unexpected();
    const { value } = operand;
    if (!('S' in value)) throw validation(wrongType('attribute_type', typeOf(value)));
    if (DATA_TYPES.includes(value.S)) return value;
    throw validation(
      `Invalid attribute type name found; type: ${value.S}, valid types: {${DATA_TYPES.join()}}`,
    );
  }

  private get isCall(): boolean {
    return this.tokens.peek().type === 'word' && this.tokens.sees('(', 1);
  }

  private pathOf(operand: Operand): Path {
    if (operand.type !== 'path') throw this.tokens.unexpected();
    return operand.path;
  }
}

function not(condition: Where): Where {
  return { type: 'not', condition };
}

/** Only strings, numbers and binary values have an order. */
function refuseUnordered(operator: string, operands: readonly Operand[]): void {
  for (const operand of operands) {
    const type = operand.type === 'value' ? typeOf(operand.value) : 'N';
    if (type !== 'S' && type !== 'N' && type !== 'B') throw validation(wrongType(operator, type));
  }
}
