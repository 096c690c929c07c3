/** Settings of one environment. */
export interface EnvironmentSettings {
  /** AWS region of everything. */
  readonly region: string;
  /** Lambda runtime of every function; not older than the Node.js that `tools/build/functions.ts` bundles for. */
  readonly runtime: string;
  /** Days that CloudWatch keeps logs: one of the values CloudWatch knows. */
  readonly logRetentionInDays: number;
  /** Requests per second that a stage lets through, and the burst above it. */
  readonly throttling: { readonly rateLimit: number; readonly burstLimit: number };
  /**
   * Whether stages of REST APIs log: every request, and the gateway's own errors. It takes a role that API Gateway has once
   * for an account and region, which is the stack `account`. HTTP APIs log every request in any case.
   */
  readonly restApiLogs: boolean;
  /** Whether DynamoDB refuses to delete the tables, and Terraform to plan it. */
  readonly deletionProtection: boolean;
  /** What every name begins with, such as `acme-`: letters, digits, hyphens. Default: nothing. */
  readonly prefix?: string;
  /** Tags of everything, besides `project`, `environment` and `system`, which they may replace. Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
  /** S3 bucket of the Terraform state. Default: none, the state is a file beside `cdktf.out`. */
  readonly stateBucket?: string;
}

/** An environment: its name, its settings and how its resources are called. */
export interface Environment extends EnvironmentSettings {
  readonly name: string;
  /**
   * A resource's name in this environment: as given in `default`, with the environment as suffix elsewhere.
   * @example resourceName('StoreDataFunction') // 'StoreDataFunction-staging'
   */
  resourceName(base: string): string;
  /**
   * The name of what all regions of an account share, such as a role: with the region too, unless it is the first.
   * @example globalName('StoreDataFunction-role') // 'StoreDataFunction-role-staging-eu-central-1'
   */
  globalName(base: string): string;
}

/** The region whose names stay without it. */
const FIRST_REGION = 'us-east-1';

const defaults: EnvironmentSettings = {
  region: FIRST_REGION,
  runtime: 'nodejs24.x',
  logRetentionInDays: 14,
  throttling: { rateLimit: 100, burstLimit: 200 },
  restApiLogs: false,
  deletionProtection: false,
};

/** The environments there are: add one here, with what differs from the defaults. */
const environments: Readonly<Record<string, Partial<EnvironmentSettings>>> = {
  default: {},
  staging: { restApiLogs: true },
  production: { restApiLogs: true, logRetentionInDays: 365, deletionProtection: true },
};

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_IN_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** What function names, the narrowest of all, take: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const PREFIX = /^[a-zA-Z][a-zA-Z0-9-]{0,15}$/;

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
const TAG = {
  key: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
  value: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
};

/**
 * The environment of that name.
 * @param name one of `environments`; default `default`
 * @param stateBucket for an environment that does not name its own
 * @throws when there is no such environment, or one of its settings is not valid
 */
export function environment(name = 'default', stateBucket?: string): Environment {
  const settings = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (!settings) {
    const known = Object.keys(environments).join(', ');
    throw new Error(
      `unknown environment "${name}": set ENVIRONMENT to one of ${known}, or add it to stacks/environment.ts`,
    );
  }
  return withName(name, { ...defaults, ...(stateBucket && { stateBucket }), ...settings });
}

/**
 * An environment of these settings.
 * @throws when a setting is not valid, saying what was received and what is
 */
export function withName(name: string, settings: EnvironmentSettings): Environment {
  const { logRetentionInDays, throttling, region, runtime, stateBucket, prefix, tags = {} } = settings;
  check(/^[a-z][a-z0-9-]{0,15}$/.test(name), 'name', name, 'up to 16 lower-case letters, digits and hyphens');
  check(/^[a-z]{2}(-[a-z]+)+-\d$/.test(region), 'region', region, 'an AWS region such as us-east-1');
  check(/^nodejs\d+\.x$/.test(runtime), 'runtime', runtime, 'a Node.js runtime such as nodejs24.x');
  check(
    stateBucket === undefined || BUCKET.test(stateBucket),
    'stateBucket',
    stateBucket,
    'the name of an S3 bucket',
  );
  check(
    RETENTION_IN_DAYS.includes(logRetentionInDays),
    'logRetentionInDays',
    logRetentionInDays,
    `one of ${RETENTION_IN_DAYS.join(', ')}`,
  );
  for (const limit of ['rateLimit', 'burstLimit'] as const) {
    const value = throttling[limit];
    check(Number.isInteger(value) && value > 0, `throttling.${limit}`, value, 'a whole number above 0');
  }
  check(
    prefix === undefined || PREFIX.test(prefix),
    'prefix',
    prefix,
    'a letter, then up to 15 letters, digits and hyphens',
  );
  for (const [key, value] of Object.entries(tags)) {
    check(
      TAG.key.test(key),
      'tags',
      key,
      'a key of up to 128 letters, digits, spaces and _.:/=+-@, not of aws:',
    );
    check(TAG.value.test(value), `tags.${key}`, value, 'up to 256 letters, digits, spaces and _.:/=+-@');
  }
  const resourceName = (base: string): string =>
    `${prefix ?? ''}${base}${name === 'default' ? '' : `-${name}`}`;
  return {
    ...settings,
    name,
    resourceName,
    globalName: (base) => ofRegion(resourceName(base), region),
  };
}

/** A name that tells regions apart: as given in the first, with the region as suffix elsewhere. */
export function ofRegion(name: string, region: string): string {
  return region === FIRST_REGION ? name : `${name}-${region}`;
}

function check(valid: boolean, setting: string, received: unknown, wanted: string): void {
  if (!valid)
    throw new Error(
      `environment setting ${setting}: received ${JSON.stringify(received)}, expected ${wanted}`,
    );
}
