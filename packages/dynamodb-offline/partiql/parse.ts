import type { AttributeValue } from '../attribute-value';
import { validation } from '../errors';
import type { Path } from '../expressions/tree';
import { Conditions } from './condition';
import { readPath } from './paths';
import { malformed, Tokens } from './tokens';
import type { Exists, Order, Returning, Select, Source, Statement, WriteStatement } from './tree';
import { Updates } from './update';
import { Values } from './values';

/**
 * Reads a statement of PartiQL as DynamoDB speaks it, with the values of its `?`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html
 *
 * @throws {DynamoDBError} a ValidationException when it is none
 */
export function parseStatement(text: string, parameters: readonly AttributeValue[] = []): Statement {
  return new Reader(text, parameters).statement();
}

class Reader {
  private readonly tokens: Tokens;
  private readonly values: Values;
  private readonly conditions: Conditions;

  constructor(text: string, parameters: readonly AttributeValue[]) {
    this.tokens = new Tokens(text);
    this.values = new Values(this.tokens, parameters);
    this.conditions = new Conditions(this.tokens, this.values);
  }

  statement(): Statement {
    const statement = this.body();
    this.tokens.takes(';');
    if (this.tokens.peek().type !== 'end') throw malformed('Unexpected token after expression');
    this.values.checkCount();
    return statement;
  }

  private body(): Statement {
    if (this.tokens.takes('SELECT')) return this.select();
    if (this.tokens.takes('EXISTS')) return this.exists();
    return this.write();
  }

  private write(): WriteStatement {
    const { tokens } = this;
    if (tokens.takes('INSERT')) {
      tokens.expect('INTO');
      const source = this.source();
      tokens.expect('VALUE');
      return { type: 'insert', source, item: this.values.item() };
    }
    if (tokens.takes('UPDATE')) {
      const source = this.source();
      const update = new Updates(tokens, this.values).update();
      return { type: 'update', source, update, where: this.where(), returning: this.returning() };
    }
    if (!tokens.takes('DELETE')) throw malformed('Expected data manipulation');
    tokens.expect('FROM');
    const source = this.source();
    return { type: 'delete', source, where: this.where(), returning: this.returning() };
  }

  private select(): Select {
    const columns = this.tokens.takes('*') ? undefined : this.columns();
    this.tokens.expect('FROM');
    return { type: 'select', columns, source: this.source(), where: this.where(), order: this.order() };
  }

  private exists(): Exists {
    this.tokens.expect('(');
    this.tokens.expect('SELECT');
    const { source, where } = this.select();
    this.tokens.expect(')');
    return { type: 'exists', source, where };
  }

  private columns(): Path[] {
    const columns: Path[] = [];
    do {
      if (this.tokens.sees('(', 1)) {
        throw validation(`Unexpected path component at ${this.tokens.peek().place}`);
      }
      columns.push(readPath(this.tokens));
    } while (this.tokens.takes(','));
    return columns;
  }

  private source(): Source {
    const table = this.tokens.identifier();
    return this.tokens.takes('.') ? { table, index: this.tokens.identifier() } : { table };
  }

  private where() {
    return this.tokens.takes('WHERE') ? this.conditions.condition() : undefined;
  }

  private order(): Order[] {
    const order: Order[] = [];
    if (!this.tokens.takesAll('ORDER', 'BY')) return order;
    do {
      const path = readPath(this.tokens);
      const descending = this.tokens.takes('DESC');
      if (!descending) this.tokens.takes('ASC');
      order.push({ path, descending });
    } while (this.tokens.takes(','));
    return order;
  }

  private returning(): Returning | undefined {
    if (!this.tokens.takes('RETURNING')) return undefined;
    for (const what of ['ALL', 'MODIFIED'] as const) {
      for (const when of ['OLD', 'NEW'] as const) {
        if (!this.tokens.takesAll(what, when)) continue;
        this.tokens.expect('*');
        return { what, when };
      }
    }
    throw this.tokens.unexpected();
  }
}
