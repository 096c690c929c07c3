import { diagram } from '../../../../packages/terraform-offline/console/diagram/diagram';
import { type Layout, layout } from '../../../../packages/terraform-offline/console/diagram/layout';
import type { Stack } from '../../../../packages/terraform-offline/terraform/model/stack';
import { fn, httpApi, method, restApi, role, stack, table } from './model';

const labelled = ({ edges }: Layout) =>
  edges
    .filter(({ labels }) => labels.length > 0)
    .map(({ from, to, labels }) => `${from.title} ${labels.join('+')} ${to.title}`);

const broken = ({ edges, boxes }: Layout) => [
  ...boxes
    .filter((box) => box.broken)
    .map(({ method: name, title, caption }) => `${name} ${title}: ${caption}`),
  ...edges.filter((edge) => edge.broken).map(({ from, to }) => `${from.title} → ${to.title}`),
];

const allInvoked = fn('Everything', ['dynamodb:*']);
const mixed = stack({
  functions: [
    fn('First', ['dynamodb:GetItem'], { layerDirectories: ['/layers/orm'] }),
    fn(
      'Second',
      'DeleteItem GetItem PutItem Query Scan UpdateItem'.split(' ').map((name) => `dynamodb:${name}`),
    ),
    fn('Third', [], { layerDirectories: ['/layers/orm'] }),
    allInvoked,
  ],
  tables: [table(), table('other'), table('third')],
  apis: [
    httpApi({
      $default: allInvoked,
      'GET /a': allInvoked,
      'GET /b': allInvoked,
      'ANY /c/{proxy+}': allInvoked,
    }),
    restApi([]),
  ],
});

describe('the diagram of a system', () => {
  test('leads from the API over every route and function to the table', () => {
    const { boxes, edges } = layout(stack());
    expect(boxes.map(({ kind, title }) => `${kind} ${title}`).sort()).toEqual([
      'api notes-api',
      'function CreateNote',
      'function ReadNote',
      'route /notes',
      'route /notes/{id}',
      'table notes',
    ]);
    expect(edges.map(({ from, to }) => `${from.title} → ${to.title}`).sort()).toEqual([
      '/notes → CreateNote',
      '/notes/{id} → ReadNote',
      'CreateNote → notes',
      'ReadNote → notes',
      'notes-api → /notes',
      'notes-api → /notes/{id}',
    ]);
  });

  test('shows what each role may do to the table, and nothing else', () => {
    expect(labelled(layout(stack()))).toEqual(['CreateNote PutItem+GetItem notes', 'ReadNote GetItem notes']);
  });

  test.each([
    ['a grant on another table', role('CreateNote', ['dynamodb:PutItem'], table('others').arn), []],
    ['actions of another service', role('CreateNote', ['logs:PutLogEvents'], '*'), []],
    ['a wildcard resource', role('CreateNote', ['dynamodb:PutItem'], '*'), ['CreateNote PutItem notes']],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    [
      'a resource with ? for one character',
      role('CreateNote', ['dynamodb:PutItem'], table('note?').arn),
      ['CreateNote PutItem notes'],
    ],
    ['every action', role('CreateNote', ['*'], `${table().arn}*`), ['CreateNote * notes']],
  ])('draws %s as what it means', (_, changedRole, expected) => {
    const functions = [fn('CreateNote', [], { role: changedRole })];
    expect(labelled(layout(stack({ functions })))).toEqual(expected);
  });

  test.each<[string, Partial<Stack>, string[]]>([
    ['nothing', {}, []],
    [
      'a permission',
      {
        functions: [fn('CreateNote', [], { permissions: [] })],
        apis: [restApi([method(fn('CreateNote', []))])],
      },
      ['POST /notes: no permission to invoke', '/notes → CreateNote'],
    ],
    ['an integration', { apis: [restApi([method(undefined)])] }, ['POST /notes: no integration']],
    ['a function', { apis: [restApi([method(fn('Gone', []))])] }, ['POST /notes: no such function']],
  ])('marks what cannot work when %s is missing', (_, settings, expected) => {
    expect(broken(layout(stack(settings)))).toEqual(expected);
  });

  test('connects a layer with the functions that mount it only', () => {
    const { boxes, edges } = layout(mixed);
    expect(boxes.filter(({ kind }) => kind === 'layer').map(({ caption }) => caption)).toEqual([
      '/opt of 2 functions',
    ]);
    expect(edges.filter(({ kind }) => kind === 'layer').map(({ from }) => from.title)).toEqual([
      'First',
      'Third',
    ]);
  });

  test.each([
    ['a system of two routes', stack()],
    ['many routes, actions and tables', mixed],
    ['an empty stack', stack({ functions: [], tables: [], apis: [] })],
  ])('keeps all of %s apart and inside the drawing', (_, drawn) => {
    const { boxes, width, height } = layout(drawn);
    boxes.forEach((box, i) => {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      const overlapping = boxes.slice(i + 1).filter((other) => overlap(box, other));
      expect(overlapping).toEqual([]);
    });
  });
});

describe('its SVG', () => {
  test('is told to those who cannot see it', () => {
    const { text } = diagram(stack());
    expect(text).toContain('role="img"');
    expect(text).toContain('POST /notes invokes CreateNote.');
    expect(text).toContain('CreateNote may PutItem, GetItem on notes.');
  });

  test('tells what is missing', () => {
    const functions = [fn('CreateNote', [], { permissions: [] })];
    const { text } = diagram(stack({ functions }));
    expect(text).toContain('POST /notes cannot reach CreateNote: no permission to invoke.');
  });

  test('holds no markup that a name brings along', () => {
    const { text } = diagram(stack({ tables: [table('<script>"&')] }));
    expect(text).not.toContain('<script>');
    expect(text).toContain('&#60;script&#62;&#34;&#38;');
  });

  test('needs no style of its own inside a page, and takes one along outside', () => {
    expect(diagram(stack()).text).not.toMatch(/<style|style=/);
    expect(diagram(stack(), '.box{}').text).toMatch(/<style>\s*\.box\{\}\s*<\/style>/);
  });
});

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
