import { functionJson, load } from '../support';

const vpc_config = { security_group_ids: ['sg-1'], subnet_ids: ['subnet-1'] };

it('names what is set and not served, and serves the function', async () => {
  const { functions, unserved } = await load(functionJson({ vpc_config }));
  expect(functions).toHaveLength(1);
  expect(unserved).toEqual([
    {
      address: 'test: aws_lambda_function.store',
      reason: 'test: aws_lambda_function.store.vpc_config is not served',
      effect: 'the function reaches what this machine reaches',
    },
  ]);
});

it('names an attribute that the table does not have, also within a block', async () => {
  const { functions, unserved } = await load(
    functionJson({ colour: 'blue', logging_config: { log_format: 'JSON', colour: 'red' } }),
  );
  expect(functions).toHaveLength(1);
  expect(unserved.map(({ reason }) => reason)).toEqual([
    'test: aws_lambda_function.store.logging_config[0].colour is not known here',
    'test: aws_lambda_function.store.colour is not known here',
  ]);
});

it('answers 501 for what is refused, with all reasons', async () => {
  const { functions, unserved } = await load(
    functionJson({ file_system_config: { arn: 'a', local_mount_path: '/mnt/a' }, durable_config: { a: 1 } }),
  );
  expect(functions).toEqual([]);
  expect(unserved).toMatchObject([
    {
      reason:
        'test: aws_lambda_function.store.file_system_config: no file system is mounted here; test: aws_lambda_function.store.durable_config: durable functions are not served',
      effect: 'the function answers 501',
    },
  ]);
});

it('says nothing of what is without effect, and of values that change nothing', async () => {
  const { functions, unserved } = await load(
    functionJson({
      tags: { team: 'books' },
      description: 'stores',
      package_type: 'Zip',
      image_uri: '',
      vpc_config: null,
      dead_letter_config: [],
      timeouts: { create: '1m' },
    }),
  );
  expect(unserved).toEqual([]);
  expect(functions).toHaveLength(1);
});

it('takes a value that only AWS computes for one that is set', async () => {
  const json = functionJson({ vpc_config: '${aws_lambda_function.other.nothing_known}' });
  const { functions, unserved } = await load({
    ...json,
    resource: {
      ...json.resource,
      aws_lambda_function: {
        ...json.resource.aws_lambda_function,
        other: { ...json.resource.aws_lambda_function.store, function_name: 'other', vpc_config: null },
      },
    },
  });
  expect(functions).toHaveLength(2);
  expect(unserved).toMatchObject([{ reason: 'test: aws_lambda_function.store.vpc_config is not served' }]);
});

it('answers 501 for a table that is restored, and serves the other one', async () => {
  const table = { name: 'Books', hash_key: 'id', attribute: { name: 'id', type: 'S' } };
  const { tables, unserved } = await load({
    resource: {
      aws_dynamodb_table: {
        books: { ...table, restore_source_name: 'Old' },
        films: { ...table, name: 'Films' },
      },
    },
  });
  expect(tables.map(({ name }) => name)).toEqual(['Films']);
  expect(unserved).toEqual([
    {
      address: 'test: aws_dynamodb_table.books',
      reason:
        'test: aws_dynamodb_table.books.restore_source_name: no table is restored here, and this one would be empty',
      effect: 'the table answers 501',
      arn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/Books',
    },
  ]);
});

it('names a resource of a type that the table does not have, and none that needs no account', async () => {
  const { unserved } = await load({
    resource: {
      aws_sqs_queue: { jobs: { name: 'jobs' } },
      docker_image: { image: { name: 'x' } },
      null_resource: { nothing: {} },
      aws_cloudwatch_dashboard: { board: { dashboard_name: 'a', dashboard_body: '{}' } },
    },
  });
  expect(unserved).toEqual([
    {
      address: 'test: aws_sqs_queue.jobs',
      reason: 'test: aws_sqs_queue.jobs is not served',
      effect: 'what refers to it has local values, and requests to it reach nothing here',
    },
    {
      address: 'test: docker_image.image',
      reason: 'test: docker_image.image is not served',
      effect: 'it is not made, and what refers to it needs --value',
    },
  ]);
});

it('names provisioners, of any resource', async () => {
  const provisioner = { 'local-exec': { command: 'make' } };
  const { unserved } = await load({ resource: { null_resource: { build: { provisioner } } } });
  expect(unserved).toEqual([
    {
      address: 'test: null_resource.build',
      reason: 'test: null_resource.build.provisioner is not served',
      effect: 'nothing is run: what it would make must be there already',
    },
  ]);
});
