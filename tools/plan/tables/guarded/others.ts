import {
  isEmpty,
  keeps,
  notBelow,
  notLower,
  notShorter,
  staysNarrow,
  staysOff,
  staysOn,
  staysSame,
  staysSet,
  type Guard,
} from '../../guard';

const KEY_EFFECT = 'who may use the other key, or AWS alone, decides who reads what is there';
const UNSEEN = 'what happens there would no longer be seen';
const NOBODY_TOLD = 'nobody would be told';
const ON_THE_INTERNET = 'what is there could be read by everyone on the internet';

const key = (path: string): Guard => ({
  path,
  held: staysSame,
  what: 'the key that encrypts it',
  effect: KEY_EFFECT,
});

const boundary: Guard = {
  path: 'permissions_boundary',
  held: staysSame,
  what: 'the permissions boundary',
  effect: 'rights would count that it holds back today',
};

/** What stays on unless somebody says `false`. */
const onByDefault = (path: string, what: string, effect: string): Guard => ({
  path,
  held: (before, after) => (after === false && before !== false ? 'turns off {}' : undefined),
  what,
  effect,
});

const alarm: Guard[] = [
  onByDefault('actions_enabled', 'the actions of the alarm', NOBODY_TOLD),
  { path: 'alarm_actions', held: keeps(), what: 'the actions of the alarm', effect: NOBODY_TOLD },
];

const schedule: Guard = {
  path: 'state',
  held: (before, after) => (after === 'DISABLED' && before !== 'DISABLED' ? 'turns off {}' : undefined),
  what: 'the schedule or rule',
  effect: 'what it starts would not be started',
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs: the page of each type */
export const others: Readonly<Record<string, readonly Guard[]>> = {
  aws_cloudwatch_log_group: [
    {
      path: 'retention_in_days',
      held: notShorter,
      what: 'the days that logs are kept',
      effect: 'CloudWatch would delete every line that is older',
    },
    key('kms_key_id'),
  ],
  aws_cloudwatch_log_subscription_filter: [
    { path: 'destination_arn', held: staysSame, what: 'where log lines go', effect: UNSEEN },
  ],
  aws_cloudwatch_metric_alarm: alarm,
  aws_cloudwatch_composite_alarm: alarm,
  aws_cloudwatch_event_rule: [
    schedule,
    onByDefault('is_enabled', 'the rule', 'what it starts would not be started'),
  ],
  aws_scheduler_schedule: [schedule],
  aws_iam_role: [boundary],
  aws_iam_user: [boundary],
  aws_iam_openid_connect_provider: [
    {
      path: 'client_id_list',
      held: staysNarrow,
      what: 'the audiences of which a token needs one',
      effect: 'tokens made for others would be let in',
    },
  ],
  aws_iam_account_password_policy: [
    {
      path: 'minimum_password_length',
      held: notLower(),
      what: 'the length of passwords',
      effect: 'they would be easier to guess',
    },
  ],
  aws_kms_key: [
    onByDefault('is_enabled', 'the key', 'nothing that it encrypts could be read'),
    {
      path: 'enable_key_rotation',
      held: staysOn,
      what: 'the rotation of the key',
      effect: 'a key that got out would open everything for ever',
    },
    {
      path: 'deletion_window_in_days',
      held: notLower(),
      what: 'the days before a deletion',
      effect: 'a mistake would have to be noticed sooner',
    },
    {
      path: 'bypass_policy_lockout_safety_check',
      held: staysOff,
      what: 'the skipping of the check that someone may still change the policy',
      effect: 'the key could come to be nobody’s',
    },
  ],
  aws_kms_alias: [key('target_key_id')],
  aws_s3_bucket: [
    {
      path: 'force_destroy',
      held: staysOff,
      what: 'the deletion of all objects with the bucket',
      effect: 'a mistake could delete them all',
    },
    {
      path: 'acl',
      held: (before, after) =>
        /public|authenticated/.test(String(after)) && before !== after ? 'opens {}' : undefined,
      what: 'the bucket',
      effect: ON_THE_INTERNET,
    },
  ],
  aws_s3_bucket_acl: [
    {
      path: 'acl',
      held: (before, after) =>
        /public|authenticated/.test(String(after)) && before !== after ? 'opens {}' : undefined,
      what: 'the bucket',
      effect: ON_THE_INTERNET,
    },
  ],
  aws_s3_bucket_public_access_block: blocks(),
  aws_s3_account_public_access_block: blocks(),
  aws_s3_bucket_versioning: [
    {
      path: 'versioning_configuration.0.status',
      held: staysOn,
      what: 'the versions of objects',
      effect: 'what is overwritten or deleted could not be brought back',
    },
  ],
  aws_s3_bucket_server_side_encryption_configuration: [
    key('rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id'),
    {
      path: 'rule.0.apply_server_side_encryption_by_default.0.sse_algorithm',
      held: notBelow('AES256', 'aws:kms'),
      what: 'the encryption',
      effect: KEY_EFFECT,
    },
  ],
  aws_s3_bucket_lifecycle_configuration: [
    {
      path: 'rule[id].expiration.0.days',
      held: notShorter,
      what: 'the days that objects are kept',
      effect: 'S3 would delete every one that is older',
    },
    {
      path: 'rule[id].noncurrent_version_expiration.0.noncurrent_days',
      held: notShorter,
      what: 'the days that former versions are kept',
      effect: 'S3 would delete every one that is older',
    },
    {
      path: 'rule',
      held: (before, after) => (expiring(after) > expiring(before) ? 'adds an expiry to {}' : undefined),
      what: 'the rules of the bucket',
      effect: 'S3 would delete objects, those there already included',
    },
  ],
  aws_s3_bucket_object_lock_configuration: [
    {
      path: 'rule.0.default_retention.0.days',
      held: notLower(),
      what: 'the days that objects are locked',
      effect: 'they could be deleted sooner',
    },
  ],
  aws_sqs_queue: [
    key('kms_master_key_id'),
    {
      path: 'sqs_managed_sse_enabled',
      held: staysOn,
      what: 'encryption',
      effect: 'messages would lie there as they are',
    },
    {
      path: 'message_retention_seconds',
      held: notLower(),
      what: 'the time that messages are kept',
      effect: 'those that wait longer would be gone',
    },
    {
      path: 'redrive_policy',
      held: staysSet,
      what: 'the dead-letter queue',
      effect: 'messages that fail would be tried for ever, or be gone without a trace',
    },
  ],
  aws_sns_topic: [key('kms_master_key_id')],
  aws_secretsmanager_secret: [
    key('kms_key_id'),
    {
      path: 'recovery_window_in_days',
      held: notLower(30),
      what: 'the days in which a deleted secret comes back',
      effect: 'a mistake would have to be noticed sooner',
    },
  ],
  aws_ssm_parameter: [
    {
      path: 'type',
      held: (before, after, accounts) =>
        before === 'SecureString' ? staysSame(before, after, accounts) : undefined,
      what: 'the type of the parameter',
      effect: 'its value would lie there as it is',
    },
    key('key_id'),
  ],
  ...Object.fromEntries(
    ['aws_db_instance', 'aws_rds_cluster', 'aws_docdb_cluster', 'aws_neptune_cluster'].map((type) => [
      type,
      database(),
    ]),
  ),
  aws_cognito_user_pool: [
    {
      path: 'deletion_protection',
      held: staysOn,
      what: 'deletion protection',
      effect: 'one mistake could delete the pool and every user in it',
    },
    {
      path: 'mfa_configuration',
      held: notBelow('OFF', 'OPTIONAL', 'ON'),
      what: 'the second factor',
      effect: 'a password alone would let users in',
    },
    {
      path: 'password_policy.0.minimum_length',
      held: notLower(),
      what: 'the length of passwords',
      effect: 'they would be easier to guess',
    },
  ],
  aws_ram_resource_share: [
    {
      path: 'allow_external_principals',
      held: staysOff,
      what: 'sharing outside the organization',
      effect: 'other accounts could be given what it shares',
    },
  ],
  aws_backup_plan: [
    {
      path: 'rule',
      held: keeps('rule_name'),
      what: 'the rules of the backup plan',
      effect: 'no backups would be made by it',
    },
    {
      path: 'rule[rule_name].lifecycle.0.delete_after',
      held: notShorter,
      what: 'the days that backups are kept',
      effect: 'older ones would be deleted',
    },
  ],
  aws_backup_selection: [
    { path: 'resources', held: keeps(), what: 'what is backed up', effect: 'no backups would be made of it' },
  ],
  aws_backup_vault: [
    key('kms_key_arn'),
    {
      path: 'force_destroy',
      held: staysOff,
      what: 'the deletion of all backups with the vault',
      effect: 'a mistake could delete them all',
    },
  ],
  aws_backup_vault_lock_configuration: [
    {
      path: 'min_retention_days',
      held: notLower(0),
      what: 'the days that backups are locked',
      effect: 'they could be deleted sooner',
    },
  ],
  aws_wafv2_web_acl: [
    {
      path: 'default_action.0.block',
      held: staysSet,
      what: 'the refusal of whatever no rule allows',
      effect: 'it would be let in',
    },
    {
      path: 'rule',
      held: keeps('name'),
      what: 'the rules of the firewall',
      effect: 'what they refuse would be let in',
    },
    {
      path: 'rule[name].action.0.block',
      held: staysSet,
      what: 'a refusal of the firewall',
      effect: 'what it refuses would be let in',
    },
    {
      path: 'rule[name].override_action.0.none',
      held: staysSet,
      what: 'the actions of a rule group',
      effect: 'what it refuses would only be counted',
    },
  ],
  aws_wafv2_web_acl_association: [
    {
      path: 'web_acl_arn',
      held: staysSame,
      what: 'the firewall',
      effect: 'requests would be let in that are refused today',
    },
    {
      path: 'resource_arn',
      held: staysSame,
      what: 'what the firewall protects',
      effect: 'requests would be let in there that are refused today',
    },
  ],
  aws_cloudfront_distribution: [
    {
      path: 'web_acl_id',
      held: staysSame,
      what: 'the firewall',
      effect: 'requests would be let in that are refused today',
    },
    onByDefault('enabled', 'the distribution', 'its visitors would find nothing'),
    {
      path: 'viewer_certificate.0.minimum_protocol_version',
      held: notBelow('SSLv3', 'TLSv1', 'TLSv1_2016', 'TLSv1.1', 'TLSv1.2'),
      what: 'the version of TLS',
      effect: 'clients could be talked into a version that is broken',
    },
  ],
  aws_cloudtrail: [
    onByDefault('enable_logging', 'the trail', UNSEEN),
    {
      path: 'enable_log_file_validation',
      held: staysOn,
      what: 'the validation of the trail',
      effect: 'nobody could tell whether it was changed',
    },
    { path: 'is_multi_region_trail', held: staysOn, what: 'the trail of the other regions', effect: UNSEEN },
    { path: 's3_bucket_name', held: staysSame, what: 'where the trail is kept', effect: UNSEEN },
    key('kms_key_id'),
  ],
  aws_ecr_repository: [
    {
      path: 'image_tag_mutability',
      held: notBelow('MUTABLE', 'IMMUTABLE'),
      what: 'that tags stay',
      effect: 'a tag that runs somewhere could come to mean another image',
    },
    {
      path: 'force_delete',
      held: staysOff,
      what: 'the deletion of all images with the repository',
      effect: 'a mistake could delete them all',
    },
  ],
};

function blocks(): Guard[] {
  return ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].map(
    (path) => ({
      path,
      held: staysOn,
      what: path,
      effect: ON_THE_INTERNET,
    }),
  );
}

function database(): Guard[] {
  return [
    {
      path: 'deletion_protection',
      held: staysOn,
      what: 'deletion protection',
      effect: 'one mistake could delete the database',
    },
    {
      path: 'skip_final_snapshot',
      held: staysOff,
      what: 'the skipping of a last snapshot',
      effect: 'a mistake could not be undone',
    },
    {
      path: 'publicly_accessible',
      held: staysOff,
      what: 'a public address',
      effect: 'everyone on the internet could try to enter',
    },
    {
      path: 'multi_az',
      held: staysOn,
      what: 'the second copy',
      effect: 'the database would be gone with its data centre',
    },
    {
      path: 'backup_retention_period',
      held: notLower(),
      what: 'the days that backups are kept',
      effect: 'older ones would be deleted',
    },
    key('kms_key_id'),
  ];
}

function expiring(rules: unknown): number {
  const list = Array.isArray(rules) ? (rules as Record<string, unknown>[]) : [];
  return list.filter(
    (rule) =>
      rule.status !== 'Disabled' &&
      !(isEmpty(rule.expiration) && isEmpty(rule.noncurrent_version_expiration)),
  ).length;
}
