import type { AttributeValue } from '../../../../packages/dynamodb-offline/attribute-value';
import { parseStatement } from '../../../../packages/dynamodb-offline/partiql/parse';

const S = (text: string): AttributeValue => ({ S: text });
const N = (text: string): AttributeValue => ({ N: text });
const where = (condition: string, parameters?: readonly AttributeValue[]) => {
  const statement = parseStatement(`SELECT * FROM t WHERE ${condition}`, parameters);
  return 'where' in statement ? statement.where : undefined;
};
const valueIn = (text: string) => {
  const statement = parseStatement(`INSERT INTO t VALUE {'a': ${text}}`);
  return statement.type === 'insert' ? statement.item.a : undefined;
};
const notWellFormed = "Statement wasn't well formed, can't be processed: ";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html */
describe('statements', () => {
  it('select from tables and indexes', () => {
    expect(
      parseStatement('SELECT OrderID, Total FROM "Orders" WHERE OrderID = 1 ORDER BY OrderID DESC'),
    ).toEqual({
      type: 'select',
      source: { table: 'Orders' },
      columns: [['OrderID'], ['Total']],
      where: {
        type: 'comparison',
        comparator: '=',
        left: { type: 'path', path: ['OrderID'] },
        right: { type: 'value', value: N('1') },
      },
      order: [{ path: ['OrderID'], descending: true }],
    });
    expect(parseStatement('select * from "TableName"."IndexName";')).toEqual({
      type: 'select',
      source: { table: 'TableName', index: 'IndexName' },
      columns: undefined,
      where: undefined,
      order: [],
    });
    expect(parseStatement('SELECT Devices.FireStick.DateWatched[0], "a b", l[-0] FROM t')).toMatchObject({
      columns: [['Devices', 'FireStick', 'DateWatched', 0], ['a b'], ['l', 0]],
    });
  });

  it('insert', () => {
    expect(
      parseStatement(`INSERT INTO "Music" value {'Artist' : 'Acme Band','SongTitle' : ?, 'n': 1.50}`, [
        S('PartiQL Rocks'),
      ]),
    ).toEqual({
      type: 'insert',
      source: { table: 'Music' },
      item: { Artist: S('Acme Band'), SongTitle: S('PartiQL Rocks'), n: N('1.5') },
    });
  });

  it('update', () => {
    expect(
      parseStatement(
        `UPDATE "Music" SET AwardsWon = AwardsWon + 1 SET AwardDetail={'Grammys':[2020, 2018]}, a = if_not_exists(b, 'c')
         REMOVE d[2], e SET f = list_append(f, ['g']) SET h = set_add(h, <<1>>) SET i = SET_DELETE(i, <<'j'>>)
         WHERE Artist='Acme Band' RETURNING MODIFIED NEW *`,
      ),
    ).toMatchObject({
      type: 'update',
      update: [
        {
          type: 'set',
          path: ['AwardsWon'],
          value: { type: '+', left: { path: ['AwardsWon'] }, right: { value: N('1') } },
        },
        {
          type: 'set',
          path: ['AwardDetail'],
          value: { value: { M: { Grammys: { L: [N('2020'), N('2018')] } } } },
        },
        {
          type: 'set',
          path: ['a'],
          value: { type: 'if_not_exists', path: ['b'], otherwise: { value: S('c') } },
        },
        { type: 'remove', path: ['d', 2] },
        { type: 'remove', path: ['e'] },
        { type: 'set', path: ['f'], value: { type: 'list_append', second: { value: { L: [S('g')] } } } },
        { type: 'add', path: ['h'], value: { NS: ['1'] } },
        { type: 'delete', path: ['i'], value: { SS: ['j'] } },
      ],
      returning: { what: 'MODIFIED', when: 'NEW' },
    });
  });

  it('delete and check', () => {
    expect(parseStatement(`DELETE FROM t WHERE a = 'b' RETURNING ALL OLD *`)).toMatchObject({
      type: 'delete',
      source: { table: 't' },
      returning: { what: 'ALL', when: 'OLD' },
    });
    expect(parseStatement(`EXISTS(SELECT * FROM t WHERE a = 'b' AND c = 1)`)).toMatchObject({
      type: 'exists',
      source: { table: 't' },
      where: { type: 'and' },
    });
  });

  it('may have comments and lines', () => {
    expect(parseStatement(`SELECT * -- all\nFROM /* the\ntable */ t`)).toMatchObject({
      source: { table: 't' },
    });
  });
});

describe('values', () => {
  it.each<[string, AttributeValue]>([
    [`'it''s'`, S("it's")],
    [`''`, S('')],
    ['1e2', N('100')],
    ['-1.50', N('-1.5')],
    ['- - 1', N('1')],
    ['+.5', N('0.5')],
    ['TRUE', { BOOL: true }],
    ['false', { BOOL: false }],
    ['Null', { NULL: true }],
    [`['a', 1, []]`, { L: [S('a'), N('1'), { L: [] }] }],
    [`{'k': {'l': true}}`, { M: { k: { M: { l: { BOOL: true } } } } }],
    [`{'__proto__': 1}`, { M: { ['__proto__']: N('1') } }],
    [`<<'b', 'a'>>`, { SS: ['b', 'a'] }],
    ['<<1, 2.0>>', { NS: ['1', '2'] }],
  ])('%s', (text, value) => {
    expect(valueIn(text)).toEqual(value);
  });

  it.each([
    ['<<>>', 'Empty bags are not supported'],
    [`<<1, 'a'>>`, 'Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags'],
    [
      `<<'a', 'a'>>`,
      'One or more parameter values were invalid: Input collection [a, a] contains duplicates.',
    ],
    [
      '<<2, 2.0>>',
      'One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root',
    ],
    ['1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
  ])('not %s', (text, message) => {
    expect(() => valueIn(text)).toThrow(new Error(message));
  });

  it('are 32 levels deep at most', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(valueIn(nested(32))).toBeDefined();
    expect(() => valueIn(nested(33))).toThrow(/^Nesting Levels have exceeded supported limits under root/);
  });

  it('are as many as the parameters', () => {
    expect(where('a = ? AND b = ?', [S('x'), N('1')])).toMatchObject({
      conditions: [{ right: { value: S('x') } }, { right: { value: N('1') } }],
    });
    const message = "Number of parameters in request and statement don't match.";
    expect(() => where('a = ? AND b = ?', [S('x')])).toThrow(message);
    expect(() => where('a = ?', [S('x'), S('y')])).toThrow(message);
    expect(() => where(`a = '?'`, [S('x')])).toThrow(message);
    expect(() => where('a = ?')).toThrow(message);
  });

  it('have no parameters within documents', () => {
    expect(() => parseStatement(`UPDATE t SET a = [?] WHERE b = 1`, [S('x')])).toThrow(
      new Error('Unsupported data type: Parameter under key root[0] at 1:19:1'),
    );
  });
});

describe('conditions', () => {
  it('join as AND before OR, and NOT before both', () => {
    expect(where('NOT a = 1 AND b = 2 OR (c = 3 OR d = 4)')).toMatchObject({
      type: 'or',
      conditions: [
        { type: 'and', conditions: [{ type: 'not' }, { left: { path: ['b'] } }] },
        { type: 'or', conditions: [{ left: { path: ['c'] } }, { left: { path: ['d'] } }] },
      ],
    });
  });

  it.each([
    ['a != 1', { type: 'comparison', comparator: '<>' }],
    ['1 <= a', { comparator: '<=', left: { value: N('1') }, right: { path: ['a'] } }],
    ['a BETWEEN 1 AND ?', { type: 'between', lower: { value: N('1') }, upper: { value: N('9') } }],
    [
      'a NOT IN [1, ?]',
      { type: 'not', condition: { type: 'in', candidates: [{ value: N('1') }, { value: N('9') }] } },
    ],
    ['a IN (1, ?)', { type: 'in' }],
    ['a IS MISSING AND b = ?', { conditions: [{ type: 'attribute_not_exists', path: ['a'] }, {}] }],
    ['a is not missing AND b = ?', { conditions: [{ type: 'not' }, {}] }],
    ['a IS NULL AND b = ?', { conditions: [{ type: 'attribute_type', dataType: S('NULL') }, {}] }],
    [
      `begins_with("a".b, 'x') AND b = ?`,
      { conditions: [{ type: 'begins_with', operand: { path: ['a', 'b'] } }, {}] },
    ],
    ['CONTAINS(a, ?)', { type: 'contains', argument: { value: N('9') } }],
    ['size(a) > ?', { left: { type: 'size', of: { path: ['a'] } } }],
    ['size > ?', { left: { path: ['size'] } }],
    [`attribute_type(a, 'S') AND b = ?`, { conditions: [{ type: 'attribute_type', dataType: S('S') }, {}] }],
  ])('%s', (text, condition) => {
    expect(where(text, text.includes('?') ? [N('9')] : [])).toMatchObject(condition);
  });

  it.each([
    [
      `a IN [${Array(101).fill(1).join()}]`,
      'The IN operator is provided with too many operands; number of operands: 101',
    ],
    [
      `attribute_type(a, 'X')`,
      'Invalid attribute type name found; type: X, valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}',
    ],
    ['a < [1]', 'Incorrect operand type for operator or function; operator or function: <, operand type: L'],
    [
      'contains(a)',
      'Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1',
    ],
  ])('not %s', (text, message) => {
    expect(() => where(text)).toThrow(new Error(message));
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'Expected data manipulation'],
    ['DROP TABLE t', 'Expected data manipulation'],
    ['SELECT * FROM t LIMIT 5', 'Unexpected token after expression'],
    [`UPDATE t SET a = 1 WHERE b = '1' garbage`, 'Unexpected token after expression'],
    ['SELECT * FROM t;;', 'Unexpected token after expression'],
    ['SELECT FROM t', 'Unexpected term'],
    ['SELECT * FROM t WHERE', 'Unexpected term'],
    ['SELECT * FROM t WHERE a', 'Unexpected term'],
    [`SELECT * FROM t WHERE a = 'b`, 'Invalid character'],
    ['SELECT * FROM t /* no end', 'Unclosed comment'],
    ['SELECT * FROM t WHERE nothing(a)', 'No such function: nothing at 1:23:7'],
    ['SELECT a = 1 FROM t', 'Expected FROM'],
    ['INSERT INTO t VALUE [1]', 'Expected {'],
    ['UPDATE t WHERE a = 1', 'Unexpected term'],
    ['DELETE t WHERE a = 1', 'Expected FROM'],
  ])('%s', (text, detail) => {
    expect(() => parseStatement(text)).toThrow(notWellFormed + detail);
  });

  it.each([
    ['SELECT COUNT(*) FROM t', 'Unexpected path component at 1:8:5'],
    ['SELECT l[-1] FROM t', 'List index is not within the allowable range; index: [-1] at 1:11:1'],
    [
      'SELECT l[2147483648] FROM t',
      'List index is not within the allowable range; index: [2147483648] at 1:10:10',
    ],
    [
      `UPDATE t SET a = b + 'c' WHERE k = 1`,
      'Incorrect operand type for operator or function; operator or function: +, operand type: S',
    ],
    [
      `UPDATE t SET a = set_add(b, <<1>>) WHERE k = 1`,
      'The first argument to SET_ADD must equal the assignment value at 1:18:7',
    ],
    [
      `UPDATE t SET a = set_add(a, [1]) WHERE k = 1`,
      'The second argument to SET_ADD must be a value with type SET at 1:26:1',
    ],
    [
      'UPDATE t SET a = 1 REMOVE a WHERE k = 1',
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]',
    ],
  ])('%s as it is', (text, message) => {
    expect(() => parseStatement(text)).toThrow(new Error(message));
  });

  it.each([
    '('.repeat(8000),
    'NOT '.repeat(2000),
    'size('.repeat(1600),
    'a = 1 AND '.repeat(800),
    `a = ${'['.repeat(8000)}`,
    `a = ${'-'.repeat(8000)}`,
    `'${"''".repeat(4000)}`,
    '"'.repeat(7999),
    '\n'.repeat(8000),
    '/*'.repeat(4000),
  ])('what would keep a parser busy: %#', (text) => {
    expect(() => where(text)).toThrow(/^(Statement wasn't well formed|Nesting Levels)/);
  });
});
