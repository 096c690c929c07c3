import { parseArgs } from 'node:util';

/** What the local cloud was asked for. */
export interface Options {
  readonly help: boolean;
  readonly version: boolean;
  /** What is served; undefined when none was named. */
  readonly folder: string | undefined;
  /** By the names of variables. */
  readonly vars: Readonly<Record<string, string>>;
  /** Paths of files of variables, from the folder on. */
  readonly varFiles: readonly string[];
  /** By address and attribute. */
  readonly values: Readonly<Record<string, string>>;
  readonly host: string;
  readonly port: number;
  /** Folder of the database's files. */
  readonly dataDirectory: string;
  readonly inMemory: boolean;
  /** Another DynamoDB to use instead of the embedded one. */
  readonly dynamodbEndpoint: string | undefined;
  readonly dynamodbPort: number;
  /** Files of key sets, by issuer. */
  readonly jwks: Readonly<Record<string, string>>;
  /** Where to write the outputs, as `cdktf deploy --outputs-file` does. */
  readonly outputsFile: string | undefined;
  /** Whether outputs marked as sensitive are written there too. */
  readonly includeSensitiveOutputs: boolean;
  /** Whether policies decide: those of functions' roles, tables and APIs. */
  readonly iam: boolean;
  /** Where to write what IAM has decided, at the end. */
  readonly iamReport: string | undefined;
  /** Whether to start with empty tables, or which of them. */
  readonly reset: boolean | readonly string[];
  /** Whether anything that is not served keeps it from starting. */
  readonly strict: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly throttle: boolean;
  /** Whether functions can be debugged. */
  readonly inspect: boolean;
  /** Where functions find other services, by name. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** How long Lambda waits before it first retries an event that nobody waits for. */
  readonly retryDelayMs: number;
  /** Undefined: when the terminal is interactive. */
  readonly watch: boolean | undefined;
}

/** The options that every command has which serves. */
export const OPTIONS_HELP = `  --var <name>=<value>       a Terraform variable, as for terraform plan; again for others
  --var-file <file>          a file of them
  --value <address>.<attribute>=<value>
                             what only the account knows, such as
                             data.aws_ssm_parameter.token.value=abc
  --port <number>            default 3000; 0 for any free one
  --host <address>           default 127.0.0.1
  --data-dir <folder>        where the data is kept, default .local
  --in-memory                keep no data
  --dynamodb-endpoint <url>  use this DynamoDB instead of the embedded one
  --dynamodb-port <number>   where DynamoDB answers, default 8000; another free one when
                             that is taken
  --jwks <issuer>=<file>     verify the issuer's tokens with the keys in this file
  --outputs-file <file>      write the outputs there, as every cdktf deploy does
  --outputs-file-include-sensitive-outputs
                             those too that are marked as sensitive
  --no-iam                   leave policies aside: every function may do everything to
                             the database, and anyone call every API
  --iam-report <file>        write there, at the end, which rights were used, which never, which
                             were missing, and the smallest policies that would do
  --strict                   do not start when something is not served
  --no-watch, --watch        serve changes; default when the terminal is interactive
  --inspect                  debug the functions: each has a URL to connect to, and
                             no timeouts
  --throttle                 answer 429 beyond the stages' throttling settings
  --endpoint <service>=<url> where functions find a service that is not served: sqs, sns, s3;
                             again for others
  --retry-delay <seconds>    before a failed event that nobody waits for is first retried,
                             twice as long before the second time; default 60
  --reset                    start with empty tables
  --reset-table <name>       start with this table empty; may be given again
  --json                     log as JSON lines
  --quiet                    log nothing but problems
  -h, --help                 of the command, of fire, or of credentials and token, which make what
                             callers of a route send
  -v, --version
`;

/**
 * Reads the command line.
 * @param name how the command is called, for its messages: `npm start --`
 * @param takesFolder whether it may be told what to serve
 * @throws an error of one line when an option is unknown, lacks its value or has a wrong one
 */
export function readOptions(args: readonly string[], name: string, takesFolder: boolean): Options {
  const { values, positionals } = parse(args, name, takesFolder);
  if (values['in-memory'] && values['dynamodb-endpoint'] !== undefined) {
    throw new Error('--in-memory and --dynamodb-endpoint exclude each other: the data lives there or here');
  }
  const resetTables = values['reset-table'] ?? [];
  if ((values.reset || resetTables.length > 0) && values['dynamodb-endpoint'] !== undefined) {
    throw new Error('--reset empties the embedded database only: leave out --dynamodb-endpoint');
  }
  if (values['iam-report'] !== undefined && !values.iam) {
    throw new Error('--iam-report and --no-iam exclude each other: without IAM nothing is decided');
  }
  if (positionals.length > 1) throw new Error(`one folder at a time: received ${positionals.join(', ')}`);
  return {
    help: values.help,
    version: values.version,
    folder: positionals[0],
    vars: pairs('--var', values.var),
    varFiles: values['var-file'].map((file) => filled('--var-file', file)),
    values: pairs('--value', values.value),
    host: filled('--host', values.host),
    port: port('--port', values.port),
    dataDirectory: filled('--data-dir', values['data-dir']),
    inMemory: values['in-memory'],
    dynamodbEndpoint:
      values['dynamodb-endpoint'] === undefined
        ? undefined
        : endpoint('--dynamodb-endpoint', values['dynamodb-endpoint']),
    dynamodbPort: port('--dynamodb-port', values['dynamodb-port']),
    jwks: pairs('--jwks', values.jwks),
    outputsFile:
      values['outputs-file'] === undefined ? undefined : filled('--outputs-file', values['outputs-file']),
    includeSensitiveOutputs: values['outputs-file-include-sensitive-outputs'],
    iam: values.iam,
    iamReport: values['iam-report'] === undefined ? undefined : filled('--iam-report', values['iam-report']),
    reset: resetTables.length > 0 ? resetTables : values.reset,
    strict: values.strict,
    json: values.json,
    quiet: values.quiet,
    throttle: values.throttle,
    inspect: values.inspect,
    endpoints: endpoints(values.endpoint),
    retryDelayMs: 1000 * seconds('--retry-delay', values['retry-delay']),
    watch: values.watch,
  };
}

function parse(args: readonly string[], name: string, takesFolder: boolean) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      allowPositionals: takesFolder,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', short: 'v', default: false },
        var: { type: 'string', multiple: true, default: [] },
        'var-file': { type: 'string', multiple: true, default: [] },
        value: { type: 'string', multiple: true, default: [] },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '3000' },
        'data-dir': { type: 'string', default: '.local' },
        'in-memory': { type: 'boolean', default: false },
        'dynamodb-endpoint': { type: 'string' },
        'dynamodb-port': { type: 'string', default: '8000' },
        jwks: { type: 'string', multiple: true, default: [] },
        'outputs-file': { type: 'string' },
        'outputs-file-include-sensitive-outputs': { type: 'boolean', default: false },
        iam: { type: 'boolean', default: true },
        'iam-report': { type: 'string' },
        reset: { type: 'boolean', default: false },
        'reset-table': { type: 'string', multiple: true },
        strict: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        throttle: { type: 'boolean', default: false },
        inspect: { type: 'boolean', default: false },
        endpoint: { type: 'string', multiple: true, default: [] },
        'retry-delay': { type: 'string', default: '60' },
        watch: { type: 'boolean' },
      },
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s/);
    throw new Error(`${sentence}: see ${name} --help`, { cause: error });
  }
}

/** `NAME=VALUE`; the value may hold `=` too, and a name brackets and quotes. */
export function pairs(option: string, texts: readonly string[]): Readonly<Record<string, string>> {
  const entries = texts.map((text) => {
    const equals = text.indexOf('=');
    if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)] as const;
    throw new Error(`${option}: received "${text}", expected a name, = and a value`);
  });
  return Object.fromEntries(entries);
}

function filled(option: string, text: string): string {
  if (text !== '') return text;
  throw new Error(`${option}: received an empty text`);
}

function port(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new Error(`${option}: received "${text}", expected a number from 0 to 65535`);
}

function seconds(option: string, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new Error(`${option}: received "${text}", expected a number of seconds`);
}

function endpoint(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new Error(`${option}: received "${text}", expected a URL such as http://127.0.0.1:8000`);
}

/** @param texts such as `sqs=http://127.0.0.1:9324` */
function endpoints(texts: readonly string[]): Readonly<Record<string, string>> {
  const given = Object.entries(pairs('--endpoint', texts));
  return Object.fromEntries(given.map(([name, url]) => [name, endpoint(`--endpoint ${name}`, url)]));
}
