import type { Model } from '../../../../packages/terraform-offline/terraform/model/stack';
import { requireAllServed, unservedLines } from '../../../../packages/terraform-offline/terraform/unserved';
import { load } from './support';

async function modelWith(queues: number): Promise<Model> {
  const names = Array.from({ length: queues }, (_, i) => `q${i + 1}`);
  const aws_sqs_queue = Object.fromEntries(names.map((name) => [name, { name }]));
  const books = { name: 'Books', hash_key: 'id', attribute: [] };
  return { stacks: [await load({ resource: { aws_sqs_queue, aws_dynamodb_table: { books } } })] };
}

const TABLE =
  'test: aws_dynamodb_table.books: the table Books has no attribute block for id, a key of the table: add one with its type, S, N or B; the table answers 501';
const EFFECT = 'what refers to it has local values, and requests to it reach nothing here';

it('puts those together that mean the same, and names some of many', async () => {
  const q = (n: number) => `test: aws_sqs_queue.q${n}`;
  expect(unservedLines(await modelWith(1))).toEqual([TABLE, `${q(1)}; ${EFFECT}`]);
  expect(unservedLines(await modelWith(5))).toEqual([
    TABLE,
    `${q(1)}, ${q(2)}, ${q(3)}, ${q(4)}, ${q(5)}; ${EFFECT}`,
  ]);
  expect(unservedLines(await modelWith(9))).toEqual([
    TABLE,
    `${q(1)}, ${q(2)}, ${q(3)}, ${q(4)} and 5 more; ${EFFECT}`,
  ]);
});

it('throws with all of it where everything must be served, and else does not', async () => {
  const model = await modelWith(6);
  expect(() => requireAllServed(model)).toThrow(
    [
      '7 things are not served, which --strict forbids:',
      `  ${TABLE}`,
      ...[1, 2, 3, 4, 5, 6].map((n) => `  test: aws_sqs_queue.q${n} is not served; ${EFFECT}`),
    ].join('\n'),
  );
  expect(() => requireAllServed({ stacks: [] })).not.toThrow();
});
