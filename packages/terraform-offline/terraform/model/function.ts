import type { Role } from '../../iam/role';

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  /** `index.handler` */
  readonly handler: string;
  readonly runtime: string;
  /** Absolute path of the folder that is zipped: what Lambda mounts at `/var/task`. */
  readonly codeDirectory: string;
  /** Absolute paths of the layers' folders, in order: what Lambda merges under `/opt`. */
  readonly layerDirectories: readonly string[];
  /** The variables the function declares; Lambda adds its own. */
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Undefined: unreserved. */
  readonly reservedConcurrency: number | undefined;
  readonly logGroup: string;
  /** Default: `Text`, as without a `logging_config`. */
  readonly logFormat?: 'JSON' | 'Text';
  /** Of JSON logs. Default: INFO. */
  readonly applicationLogLevel?: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
  /** Of JSON logs. Default: INFO. */
  readonly systemLogLevel?: 'DEBUG' | 'INFO' | 'WARN';
  /** Whether a stack declares its log group, so that Lambda need not make it. Default: false. */
  readonly hasLogGroup?: boolean;
  /** Whether its invocations are traced. Default: false. */
  readonly isTraced?: boolean;
  /** Aliases and published versions, each with the number of the version: `{ live: '3', '3': '3' }`. Default: none. */
  readonly qualifiers?: Readonly<Record<string, string>>;
  readonly role: Role;
  /** Who may invoke the function: its resource-based policy. */
  readonly permissions: readonly InvokePermission[];
  /** What comes of events that nobody waits for, by the version or alias that is invoked: `$LATEST`, `live`. Default: Lambda's defaults. */
  readonly asynchronous?: Readonly<Record<string, AsynchronousSettings>>;
  /** The ARN of what gets events that are given up. Default: nothing does. */
  readonly deadLetterTarget?: string | undefined;
}

export interface AsynchronousSettings {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** The ARN of what is told of events that succeeded. Default: nothing is. */
  readonly onSuccess?: string | undefined;
  /** Likewise, of those that were given up. */
  readonly onFailure?: string | undefined;
}

export interface InvokePermission {
  readonly action: string;
  readonly principal: string;
  /** May hold `*` and `?`. */
  readonly sourceArn: string | undefined;
  /** The version or alias that may be invoked. Default: the function's own ARN. */
  readonly qualifier?: string;
}
