import conditionParser, { type Condition, type Operand } from 'dynalite/db/conditionParser';

/**
 * Makes dynalite's conditions answer as DynamoDB does where an attribute is missing or of another type than its
 * neighbour. As they are, `begins_with(a, b)`, `a IN (b)` and `a BETWEEN b AND c` on such an item end the process, `<`
 * between two maps does, and two missing attributes are equal. https://github.com/architect/dynalite/blob/main/db/index.js
 */
export function repairConditions(): void {
  const { parse } = conditionParser;
  const queries = new WeakSet<object>();
  conditionParser.parse = (text, options) => {
    const { context } = options;
    // A query's first condition is its key's, which is not evaluated but taken apart; the context keeps saying so.
    const isKeyCondition = context.isKeyCondition && !queries.has(context);
    if (isKeyCondition) queries.add(context);
    const parsed = parse(text, options);
    if (typeof parsed === 'string' || isKeyCondition) return parsed;
    return { ...parsed, expression: repaired(parsed.expression) };
  };
}

/** The same condition in terms that dynalite evaluates safely: its `and` does not go on after a false. */
function repaired(condition: Condition): Condition {
  switch (condition.type) {
    case 'and':
    case 'or':
    case 'not':
      return { ...condition, args: condition.args.map(repaired) };
    case 'in': {
      const [value, ...others] = condition.args;
      return others
        .map((other) => compared('=', value!, other))
        .reduce((a, b) => ({ type: 'or', args: [a, b] }));
    }
    case 'between': {
      const [value, low, high] = condition.args;
      return and(compared('>=', value!, low!), compared('<=', value!, high!));
    }
    case '=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(condition.type, condition.args[0]!, condition.args[1]!);
    case '<>':
      return condition;
    case 'function':
      return condition.name === 'begins_with'
        ? and(isOfType(condition.args[0]!, 'S', 'B'), condition)
        : condition;
  }
}

function compared(type: '=' | '<' | '<=' | '>' | '>=', left: Operand, right: Operand): Condition {
  const comparison = and(call('attribute_exists', left), { type, args: [left, right] });
  return type === '=' ? comparison : and(not(isOfType(left, 'M', 'L')), comparison);
}

function isOfType(value: Operand, ...types: readonly [string, string]): Condition {
  const [one, other] = types.map((type) => call('attribute_type', value, { S: type }));
  return { type: 'or', args: [one!, other!] };
}

function call(name: string, ...args: readonly Operand[]): Condition {
  return { type: 'function', name, args };
}

function not(condition: Condition): Condition {
  return { type: 'not', args: [condition] };
}

function and(left: Condition, right: Condition): Condition {
  return { type: 'and', args: [left, right] };
}
