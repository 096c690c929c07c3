import { type Options, readOptions as read } from '../../../../packages/terraform-offline/cli/options';

const readOptions = (args: string[], takesFolder = false): Options => read(args, 'npm start --', takesFolder);

describe('the command line', () => {
  it('has defaults for everything', () => {
    expect(readOptions([])).toEqual({
      help: false,
      version: false,
      folder: undefined,
      vars: {},
      varFiles: [],
      values: {},
      host: '127.0.0.1',
      port: 3000,
      dataDirectory: '.local',
      inMemory: false,
      dynamodbEndpoint: undefined,
      dynamodbPort: 8000,
      outputsFile: undefined,
      includeSensitiveOutputs: false,
      iam: true,
      iamReport: undefined,
      jwks: {},
      reset: false,
      strict: false,
      json: false,
      quiet: false,
      throttle: false,
      inspect: false,
      endpoints: {},
      retryDelayMs: 60_000,
      watch: undefined,
    });
  });

  it.each([
    [['--port', '8080'], { port: 8080 }],
    [['--port=0'], { port: 0 }],
    [['--no-iam', '--no-watch'], { iam: false, watch: false }],
    [['--strict'], { strict: true }],
    [['--iam-report', 'iam.json'], { iamReport: 'iam.json', iam: true }],
    [
      ['--watch', '--throttle', '--json', '--quiet'],
      { watch: true, throttle: true, json: true, quiet: true },
    ],
    [['--var', 'a=1', '--var', 'b={c="d=e"}'], { vars: { a: '1', b: '{c="d=e"}' } }],
    [['--var-file', 'a.tfvars', '--var-file', 'b.tfvars'], { varFiles: ['a.tfvars', 'b.tfvars'] }],
    [['--value', 'aws_x.y["k"].arn=arn:x'], { values: { 'aws_x.y["k"].arn': 'arn:x' } }],
    [
      ['--endpoint', 'sqs=http://127.0.0.1:9324', '--endpoint', 's3=https://s3.example'],
      { endpoints: { sqs: 'http://127.0.0.1:9324', s3: 'https://s3.example' } },
    ],
    [['--retry-delay', '0.5'], { retryDelayMs: 500 }],
    [['--dynamodb-endpoint', 'http://localhost:8000'], { dynamodbEndpoint: 'http://localhost:8000' }],
  ])('reads %j', (args, expected) => {
    expect(readOptions(args)).toMatchObject(expected);
  });

  it('reads the folder to serve, where there may be one', () => {
    expect(readOptions(['infrastructure', '--quiet'], true)).toMatchObject({ folder: 'infrastructure' });
    expect(() => readOptions(['one', 'other'], true)).toThrow('one folder at a time: received one, other');
  });

  it.each([
    [['--prot', '1'], "Unknown option '--prot': see npm start -- --help"],
    [['extra'], "Unexpected argument 'extra': see npm start -- --help"],
    [['--host'], "Option '--host <value>' argument missing: see npm start -- --help"],
    [
      ['--iam-report', 'iam.json', '--no-iam'],
      '--iam-report and --no-iam exclude each other: without IAM nothing is decided',
    ],
    [['--var', 'name'], '--var: received "name", expected a name, = and a value'],
    [
      ['--endpoint', 'sqs=9324'],
      '--endpoint sqs: received "9324", expected a URL such as http://127.0.0.1:8000',
    ],
    [['--retry-delay', 'soon'], '--retry-delay: received "soon", expected a number of seconds'],
    [['--value', '=x'], '--value: received "=x", expected a name, = and a value'],
    [['--host', ''], '--host: received an empty text'],
    [['--outputs-file', ''], '--outputs-file: received an empty text'],
    [['--data-dir', ''], '--data-dir: received an empty text'],
    [['--port', '--quiet'], "Option '--port' argument is ambiguous: see npm start -- --help"],
    [['--dynamodb-port', 'x'], '--dynamodb-port: received "x", expected a number from 0 to 65535'],
    [['--port', 'x'], '--port: received "x", expected a number from 0 to 65535'],
    [['--port', '65536'], '--port: received "65536", expected a number from 0 to 65535'],
    [
      ['--dynamodb-endpoint', 'localhost'],
      '--dynamodb-endpoint: received "localhost", expected a URL such as http://127.0.0.1:8000',
    ],
    [
      ['--in-memory', '--dynamodb-endpoint', 'http://x'],
      '--in-memory and --dynamodb-endpoint exclude each other: the data lives there or here',
    ],
    [
      ['--reset', '--dynamodb-endpoint', 'http://x'],
      '--reset empties the embedded database only: leave out --dynamodb-endpoint',
    ],
  ])('refuses %j in one line', (args, message) => {
    expect(() => readOptions(args)).toThrow(expect.objectContaining({ message }) as Error);
  });
});
