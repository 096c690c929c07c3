import * as z from 'zod/mini';
import { AUTHORIZATIONS } from '../../functions/shared/contract';
import { documentation, group, list, number, onOff, text } from './kinds-of-settings';

/** The systems that a setting can name. */
const NAMED = ['data-api', 'items-api', 'dynamodb-manager', 'order-api'] as const;
/** `*` stands for each that the setting does not name. */
const SYSTEMS = [...NAMED, '*'] as const;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_IN_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const RETENTION = `one of ${RETENTION_IN_DAYS.join(', ')}`;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** What function names, the narrowest of all, take: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const PREFIX = /^[a-zA-Z][a-zA-Z0-9-]{0,15}$/;

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
const TAG = {
  key: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
  value: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
};

/** @param whose said of requests per second */
function limits(whose: string) {
  return {
    rateLimit: number(`Requests per second ${whose}.`),
    burstLimit: number('The burst above them.'),
  };
}

const systemNames = `one of ${NAMED.join(', ')}`;
const system = z.enum(SYSTEMS, `one of ${SYSTEMS.join(', ')}`);

/** Every setting of an environment, in the order of the README's table. */
export const settingsSchema = z.object({
  region: text('an AWS region such as us-east-1', /^[a-z]{2}(-[a-z]+)+-\d$/, 'Where everything is.'),
  runtime: text(
    'a Node.js runtime such as nodejs24.x',
    /^nodejs\d+\.x$/,
    'Lambda runtime of every function; not older than what the bundles are made for.',
  ),
  prefix: z.optional(
    text(
      'a letter, then up to 15 letters, digits and hyphens',
      PREFIX,
      'Begins every name, such as `acme-`.',
    ),
  ),
  tags: z.optional(
    z
      .record(
        z
          .string()
          .check(z.regex(TAG.key, 'a key of up to 128 letters, digits, spaces and _.:/=+-@, not of aws:')),
        text('up to 256 letters, digits, spaces and _.:/=+-@', TAG.value, ''),
        'tags by their keys',
      )
      .register(documentation, {
        values: 'tags by their keys',
        does: 'Tags of everything, besides `project`, `environment` and `system`, which they may replace.',
      }),
  ),
  stateBucket: z.optional(
    text(
      'the name of an S3 bucket',
      BUCKET,
      'Bucket of the Terraform state; without it the state is a file beside `cdktf.out`. `STATE_BUCKET` sets it too.',
    ),
  ),
  authorization: z
    .partialRecord(
      system,
      z.enum(AUTHORIZATIONS, `one of ${AUTHORIZATIONS.join(', ')}`),
      `systems (${SYSTEMS.join(', ')}) with one of ${AUTHORIZATIONS.join(', ')}`,
    )
    .register(documentation, {
      values: `by system or \`*\`: one of ${AUTHORIZATIONS.join(', ')}`,
      does: 'Who may call the routes that do not say so in their contract: `iam` where nothing is named.',
    }),
  allowPublic: z.array(system, `a list of ${SYSTEMS.join(', ')}`).register(documentation, {
    values: `a list of ${SYSTEMS.join(', ')}`,
    does: 'The systems that may have routes with `none`: synth refuses them elsewhere.',
  }),
  jwt: z.optional(
    group({
      issuer: text(
        'an https:// URL',
        /^https:\/\/[^\s?#]+$/,
        'Who issues the tokens of routes with `jwt`, as their claim `iss` has it.',
      ),
      audience: list(
        'a list of audiences',
        z.string('a text').check(z.minLength(1, 'a text')),
        'What of these the token is for: its claim `aud` or, without one, `client_id`.',
      ),
    }),
  ),
  usagePlan: z.optional(
    group({
      clients: list(
        'a list of names of letters, digits and hyphens',
        z.string('a text').check(z.regex(/^[a-zA-Z0-9-]{1,64}$/, 'letters, digits and hyphens')),
        'Who gets an API key of each REST API with `apiKey`.',
      ),
      requestsPerDay: number('How many requests a key has each day.'),
      ...limits('that a key has'),
    }),
  ),
  cors: z.optional(
    group({
      allowOrigin: text(
        'scheme and host, such as https://app.example.com, or *',
        /^(https?:\/\/[^/\s]+|\*)$/,
        'The origin whose pages may call the APIs.',
      ),
      maxAgeSeconds: number('How long a browser keeps the answer to its preflight.', 0, 86_400),
    }),
  ),
  domain: z.optional(
    group({
      name: text(
        'a domain name such as example.com',
        /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
        'Each system is at a name below it, `data-api.example.com`, and at no other.',
      ),
      certificateArn: text(
        'the ARN of a certificate of ACM',
        /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[a-z0-9-]+$/,
        'Certificate for these names, in the region of the environment.',
      ),
      hostedZoneId: z.optional(
        text(
          'the id of a hosted zone',
          /^[A-Z0-9]{1,32}$/,
          "Route 53's zone that gets a record for each; without it, make them where the domain is.",
        ),
      ),
    }),
  ),
  throttling: group(limits('that a stage lets through')),
  routeThrottling: z.optional(
    z
      .partialRecord(
        z.enum(
          SYSTEMS.filter((name) => name !== '*'),
          systemNames,
        ),
        z.record(
          z.string().check(z.regex(/^[A-Z]+ \/\S*$/, 'routes such as POST /data')),
          group(limits('')),
          'routes such as POST /data',
        ),
        systemNames,
      )
      .register(documentation, {
        values: 'by system and route, such as `POST /data`: `rateLimit` and `burstLimit`',
        does: 'Limits of single routes, in place of `throttling`.',
      }),
  ),
  onDemandThroughput: group({
    maxReadRequestUnits: number('Read units of each table in a second; more are throttled.'),
    maxWriteRequestUnits: number('Write units of each table in a second; more are throttled.'),
  }),
  reservedConcurrency: z.optional(
    z
      .partialRecord(
        z.enum(NAMED, systemNames),
        z.record(
          z.string(),
          z.int('a whole number from 0').check(z.minimum(0, 'a whole number from 0')),
          'functions by their names in the default environment',
        ),
        systemNames,
      )
      .register(documentation, {
        values: 'by system and function, such as `StoreDataFunction`: a whole number from 0',
        does: 'How often a function runs at the same time, at most; taken from what the account has for all.',
      }),
  ),
  alarms: onOff('Whether CloudWatch alarms watch each system, and tell a topic of SNS.'),
  alarmEmail: z.optional(
    text('an e-mail address', /^[^@\s]+@[^@\s]+$/, 'Whom the topics tell; the address confirms each once.'),
  ),
  logRetentionInDays: z
    .number(RETENTION)
    .check(z.refine((days) => RETENTION_IN_DAYS.includes(days), RETENTION))
    .register(documentation, { values: RETENTION, does: 'Days that CloudWatch keeps logs.' }),
  restApiLogs: onOff(
    'Whether REST APIs log every request and the errors of the gateway: it takes the stack `account`. HTTP APIs do in any case.',
  ),
  deletionProtection: onOff('Whether DynamoDB refuses to delete the tables, and Terraform to plan it.'),
  pointInTimeRecoveryDays: z.optional(
    number('Days that a table can be brought back to; unless set, the 35 of DynamoDB.', 1, 35),
  ),
  kmsKeyArn: z.optional(
    text(
      'the ARN of a key of KMS',
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-zA-Z0-9-]+$/,
      "Key of one's own for tables, logs, variables of functions and topics, in place of those of AWS.",
    ),
  ),
});

export type EnvironmentSettings = Readonly<z.infer<typeof settingsSchema>>;

/**
 * Refuses settings that are not valid.
 * @throws saying where, what was received and what is
 */
export function assertSettings(settings: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(settings).find((name) => !Object.hasOwn(settingsSchema.shape, name));
  if (unknown !== undefined)
    throw invalid([], unknown, `one of ${Object.keys(settingsSchema.shape).join(', ')}`);
  const issue = settingsSchema.safeParse(settings).error?.issues[0];
  if (!issue) return;
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') throw invalid(path, issue.keys[0], message);
  if (issue.code === 'invalid_key')
    throw invalid(path.slice(0, -1), path.at(-1), issue.issues[0]?.message ?? message);
  throw invalid(path, valueAt(settings, path), message);
}

function invalid(path: readonly PropertyKey[], received: unknown, expected: string): Error {
  const where = path.length > 0 ? ` ${path.join('.')}` : '';
  return new Error(`environment setting${where}: received ${JSON.stringify(received)}, expected ${expected}`);
}

function valueAt(settings: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Readonly<Record<PropertyKey, unknown>>)[step],
    settings,
  );
}
