import { parseArgs } from 'node:util';

/** What `npm start` was asked for. */
export interface Options {
  readonly help: boolean;
  readonly host: string;
  readonly port: number;
  /** Folder of the database's files. */
  readonly dataDirectory: string;
  readonly inMemory: boolean;
  /** Another DynamoDB to use instead of the embedded one. */
  readonly dynamodbEndpoint: string | undefined;
  /** Where to write the outputs, as `cdktf deploy --outputs-file` does. */
  readonly outputsFile: string | undefined;
  /** Whether to build and synthesize first. */
  readonly build: boolean;
  /** Whether the functions' roles decide what DynamoDB answers. */
  readonly iam: boolean;
  readonly reset: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly throttle: boolean;
  /** Undefined: when the terminal is interactive, and there is something to build. */
  readonly watch: boolean | undefined;
}

export const HELP = `Usage: npm start -- [options]

Serves every stack on this machine, from the Terraform that would be deployed.

  --port <number>            default 3000; 0 for any free one
  --host <address>           default 127.0.0.1
  --data-dir <folder>        where the data is kept, default .local
  --in-memory                keep no data
  --dynamodb-endpoint <url>  use this DynamoDB instead of the embedded one
  --outputs-file <file>      write the outputs there, as every cdktf deploy does
  --no-build                 serve cdktf.out as it stands
  --no-iam                   let every function do everything to the database
  --no-watch, --watch        rebuild on change; default when the terminal is interactive
  --throttle                 answer 429 beyond the stages' throttling settings
  --reset                    start with empty tables
  --json                     log as JSON lines; npm adds none of its own in
                             npm start --silent -- --json
  --quiet                    log nothing but problems
  --help
`;

/**
 * Reads the command line.
 * @throws an error of one line when an option is unknown, lacks its value or has a wrong one
 */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  if (values['in-memory'] && values['dynamodb-endpoint'] !== undefined) {
    throw new Error('--in-memory and --dynamodb-endpoint exclude each other: the data lives there or here');
  }
  if (values.watch && !values.build) throw new Error('--watch and --no-build exclude each other');
  if (values.reset && values['dynamodb-endpoint'] !== undefined) {
    throw new Error('--reset empties the embedded database only: leave out --dynamodb-endpoint');
  }
  return {
    help: values.help,
    host: filled('--host', values.host),
    port: port(values.port),
    dataDirectory: filled('--data-dir', values['data-dir']),
    inMemory: values['in-memory'],
    dynamodbEndpoint: endpoint(values['dynamodb-endpoint']),
    outputsFile:
      values['outputs-file'] === undefined ? undefined : filled('--outputs-file', values['outputs-file']),
    build: values.build,
    iam: values.iam,
    reset: values.reset,
    json: values.json,
    quiet: values.quiet,
    throttle: values.throttle,
    watch: values.watch,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        help: { type: 'boolean', default: false },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '3000' },
        'data-dir': { type: 'string', default: '.local' },
        'in-memory': { type: 'boolean', default: false },
        'dynamodb-endpoint': { type: 'string' },
        'outputs-file': { type: 'string' },
        build: { type: 'boolean', default: true },
        iam: { type: 'boolean', default: true },
        reset: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        throttle: { type: 'boolean', default: false },
        watch: { type: 'boolean' },
      },
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s/);
    throw new Error(`${sentence}: see npm start -- --help`, { cause: error });
  }
}

function filled(option: string, text: string): string {
  if (text !== '') return text;
  throw new Error(`${option}: received an empty text`);
}

function port(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new Error(`--port: received "${text}", expected a number from 0 to 65535`);
}

function endpoint(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new Error(`--dynamodb-endpoint: received "${text}", expected a URL such as http://127.0.0.1:8000`);
}
