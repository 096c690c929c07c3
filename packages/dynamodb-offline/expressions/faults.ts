import type { Tokens } from './tokens';

/** What can be wrong with an expression beside its syntax, as far as its text alone shows it. */
export type Fault = 'parentheses' | 'operators' | 'reserved' | 'depth' | 'function' | 'usage' | 'section';

/** Each kind of fault where it occurs first: which of them DynamoDB reports depends on the kind, not on the place. */
export class Faults {
  private readonly messages = new Map<Fault, string>();
  private operators = 0;

  /** @param isReserved whether a name is a reserved word; default: none is */
  constructor(
    private readonly tokens: Tokens,
    readonly isReserved: (name: string) => boolean = () => false,
  ) {}

  note(fault: Fault, message: string): void {
    if (!this.messages.has(fault)) this.messages.set(fault, message);
  }

  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
  countOperator(): void {
    if (++this.operators > 300) {
      this.note('operators', `The expression contains too many operators; operator count: ${this.operators}`);
    }
  }

  /** @throws {ExpressionError} for the first of these that was noted */
  throwFirst(order: readonly Fault[]): void {
    const message = order.map((fault) => this.messages.get(fault)).find((found) => found !== undefined);
    if (message !== undefined) throw this.tokens.refusal(message);
  }
}
