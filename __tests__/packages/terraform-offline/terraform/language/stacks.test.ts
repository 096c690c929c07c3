import path from 'node:path';
import { loadConfigurations } from '../../../../../packages/terraform-offline/terraform/language/load';
import { folderWith, output } from './support';

/** As cdktf writes a value that one stack takes from another. */
function crossStack(backend: object, config: object, type = 'local') {
  return folderWith({
    'cdktf.json': {},
    'cdktf.out/manifest.json': { version: '0.21.0', stacks: {} },
    'cdktf.out/stacks/producer/cdk.tf.json': {
      '//': { metadata: { stackName: 'producer' } },
      terraform: { backend: { [type]: backend } },
      resource: { aws_sqs_queue: { q: { '//': {}, name: 'q' } } },
      output: {
        'cross-stack-output-aws_sqs_queueqname': { value: '${aws_sqs_queue.q.name}', sensitive: true },
      },
    },
    'cdktf.out/stacks/consumer/cdk.tf.json': {
      data: { terraform_remote_state: { 'cross-stack-reference-input-producer': { backend: type, config } } },
      output: {
        queue: {
          value:
            '${data.terraform_remote_state.cross-stack-reference-input-producer.outputs.cross-stack-output-aws_sqs_queueqname}',
        },
      },
    },
  });
}

it.each(['', 'cdktf.out'])('reads every stack of an application, from its folder or %s', async (inner) => {
  const folder = path.join(crossStack({ path: 'a' }, { path: 'a' }), inner);
  expect((await loadConfigurations(folder)).map(({ id }) => id)).toEqual(['consumer', 'producer']);
});

it('reads one stack alone, and names it in errors', async () => {
  const folder = path.join(crossStack({}, {}), 'cdktf.out/stacks/producer');
  const [producer, ...others] = await loadConfigurations(folder);
  expect(others).toEqual([]);
  expect(producer!.resources[0]!.where).toBe('producer: aws_sqs_queue.q');
});

it.each<[type: string, backend: object, config: object]>([
  ['local', { path: '../../../producer.tfstate' }, { path: '${path.module}/../../../producer.tfstate' }],
  ['local', { path: '/tmp/producer.tfstate' }, { path: '/tmp/producer.tfstate' }],
  [
    's3',
    { bucket: 'state', key: 'producer', region: 'eu-west-1' },
    { bucket: 'state', key: 'producer', region: 'eu-west-1' },
  ],
])(
  'takes a value of another stack that keeps its state in the same place: %s',
  async (type, backend, config) => {
    const [consumer] = await loadConfigurations(crossStack(backend, config, type));
    expect(output(consumer!, 'queue')).toBe('q');
  },
);

it('does not take it from a stack whose state is elsewhere', async () => {
  const [consumer] = await loadConfigurations(crossStack({ path: 'a' }, { path: 'b' }));
  expect(() => output(consumer!, 'queue')).toThrow(
    'data.terraform_remote_state.cross-stack-reference-input-producer reads a state that no configuration served here writes',
  );
});

it('gives the same ids and the same values wherever the folder is', async () => {
  const all = await Promise.all([1, 2].map(() => loadConfigurations(crossStack({}, {}))));
  const [first, second] = all.map(([, producer]) => producer!.resources[0]!.uniqueId(20));
  expect(first).toBe(second);
});
