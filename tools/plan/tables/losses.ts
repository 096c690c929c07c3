import type { Values } from '../plan-json';

/** What a destroyed resource was to somebody. */
export interface Loss {
  /** What people call it. */
  readonly what: (values: Values) => string;
  /** What goes with it, and applying the old configuration again does not bring back; or who is cut off. */
  readonly lost: string;
  /** Whether making it anew loses nothing: its settings are compared like those of an update. */
  readonly isRemade?: boolean;
  /** Whether nothing is lost when Terraform lets go of it: it stays as it is, and ends by itself. */
  readonly mayBeLeft?: boolean;
}

const URL_LOST = 'its URL, which every client uses, would be lost';
const OPEN = 'requests would be let in that are refused today';
const NOT_STARTED = 'what it starts would not be started any more';
const UNSEEN = 'nobody would be told what it watches';
const UNSEEN_EVENTS = 'its subscriber would hear nothing any more';
const CUT_OFF = 'clients that go by it would not get through';

function named(kind: string, attribute = 'name'): Loss['what'] {
  return (values) => {
    const name = values[attribute];
    return typeof name === 'string' ? `the ${kind} ${name}` : `the ${kind}`;
  };
}

export const LOSSES: Readonly<Record<string, Loss>> = {
  aws_acm_certificate: { what: named('certificate', 'domain_name'), lost: CUT_OFF },
  aws_api_gateway_api_key: { what: named('API key'), lost: 'every client that sends it would be refused' },
  aws_api_gateway_authorizer: { what: named('authorizer'), lost: OPEN, isRemade: true },
  aws_api_gateway_base_path_mapping: {
    what: () => 'the way from a domain to an API',
    lost: URL_LOST,
    isRemade: true,
  },
  aws_api_gateway_client_certificate: {
    what: () => 'the certificate the gateway shows',
    lost: 'what is behind the API would refuse its calls',
  },
  aws_api_gateway_domain_name: { what: named('domain', 'domain_name'), lost: URL_LOST },
  aws_api_gateway_integration: {
    what: () => 'the integration of a method that stays',
    lost: 'every client that calls it would get an error',
    isRemade: true,
  },
  aws_api_gateway_method_settings: {
    what: () => 'the throttling and logs of a stage',
    lost: 'one client could take what all share, and nobody see it',
    isRemade: true,
  },
  aws_api_gateway_request_validator: {
    what: named('validator'),
    lost: 'requests that do not fit would reach the functions',
    isRemade: true,
  },
  aws_api_gateway_rest_api: { what: named('API'), lost: URL_LOST },
  aws_api_gateway_rest_api_policy: { what: () => "the API's resource policy", lost: OPEN, isRemade: true },
  aws_api_gateway_stage: { what: named('stage', 'stage_name'), lost: URL_LOST },
  aws_api_gateway_usage_plan: {
    what: named('usage plan'),
    lost: 'its keys would be refused, or its limits no longer hold',
  },
  aws_apigatewayv2_api: { what: named('API'), lost: URL_LOST },
  aws_apigatewayv2_api_mapping: {
    what: () => 'the way from a domain to an API',
    lost: URL_LOST,
    isRemade: true,
  },
  aws_apigatewayv2_authorizer: { what: named('authorizer'), lost: OPEN, isRemade: true },
  aws_apigatewayv2_domain_name: { what: named('domain', 'domain_name'), lost: URL_LOST },
  aws_apigatewayv2_stage: { what: named('stage'), lost: URL_LOST },
  aws_backup_plan: { what: named('backup plan'), lost: 'no backups would be made by it' },
  aws_backup_selection: {
    what: named('choice of what is backed up'),
    lost: 'no backups would be made of it',
    isRemade: true,
  },
  aws_backup_vault: { what: named('backup vault'), lost: 'every backup in it would be lost' },
  aws_cloudfront_distribution: { what: () => 'the distribution', lost: URL_LOST },
  aws_cloudwatch_composite_alarm: { what: named('alarm', 'alarm_name'), lost: UNSEEN, isRemade: true },
  aws_cloudwatch_event_rule: { what: named('rule'), lost: NOT_STARTED, isRemade: true },
  aws_cloudwatch_event_target: { what: () => 'the target of a rule', lost: NOT_STARTED, isRemade: true },
  aws_cloudwatch_log_group: {
    what: named('log group'),
    lost: 'every line in it would be lost',
    mayBeLeft: true,
  },
  aws_cloudwatch_metric_alarm: { what: named('alarm', 'alarm_name'), lost: UNSEEN, isRemade: true },
  aws_cognito_user_pool: { what: named('user pool'), lost: 'every user in it would be lost' },
  aws_cognito_user_pool_client: { what: named('client'), lost: 'nobody could sign in by it any more' },
  aws_db_instance: { what: named('database', 'identifier'), lost: 'all that is in it would be lost' },
  aws_dynamodb_table: { what: named('table'), lost: 'every item in it would be lost' },
  aws_dynamodb_table_replica: {
    what: () => 'the replica of a table',
    lost: 'who reads and writes there would find no table',
  },
  aws_ecr_repository: { what: named('repository'), lost: 'every image in it would be lost' },
  aws_efs_file_system: { what: () => 'the file system', lost: 'every file in it would be lost' },
  aws_iam_openid_connect_provider: {
    what: named('identity provider', 'url'),
    lost: 'whoever comes by it, a pipeline too, would be refused',
  },
  aws_iam_role: {
    what: named('role'),
    lost: 'whatever assumes it would lose every right',
    isRemade: true,
  },
  aws_iam_user: { what: named('user'), lost: 'whoever uses its keys would be refused' },
  aws_kinesis_stream: { what: named('stream'), lost: 'every record in it would be lost' },
  aws_kms_alias: { what: named('alias'), lost: 'who names the key by it would not find it' },
  aws_kms_key: {
    what: named('key', 'key_id'),
    lost: 'nothing that it has encrypted could ever be read again',
  },
  aws_lambda_alias: { what: named('alias'), lost: 'who calls the function by it would get an error' },
  aws_lambda_event_source_mapping: {
    what: () => 'the mapping of an event source',
    lost: 'no event would reach the function, and its place among them would be lost',
  },
  aws_lambda_function: {
    what: named('function', 'function_name'),
    lost: 'who calls it by name would get an error, and its versions would be lost',
  },
  aws_lambda_function_url: { what: () => 'the URL of a function', lost: URL_LOST },
  aws_rds_cluster: { what: named('database', 'cluster_identifier'), lost: 'all that is in it would be lost' },
  aws_route53_record: { what: named('DNS record'), lost: CUT_OFF, isRemade: true },
  aws_route53_zone: { what: named('DNS zone'), lost: CUT_OFF },
  aws_s3_bucket: { what: named('bucket', 'bucket'), lost: 'every object in it, and its name, would be lost' },
  aws_s3_bucket_public_access_block: {
    what: () => 'what keeps a bucket from being public',
    lost: 'a policy or an ACL could open it',
    isRemade: true,
  },
  aws_s3_object: { what: named('object', 'key'), lost: 'who reads it would find nothing', isRemade: true },
  aws_scheduler_schedule: { what: named('schedule'), lost: NOT_STARTED, isRemade: true },
  aws_secretsmanager_secret: { what: named('secret'), lost: 'its value would be lost' },
  aws_secretsmanager_secret_version: {
    what: () => 'the value of a secret',
    lost: 'who reads it would get another one, or none',
  },
  aws_sfn_state_machine: {
    what: named('state machine'),
    lost: 'what runs would stop, and its history be lost',
  },
  aws_sns_topic: { what: named('topic'), lost: 'its subscribers would hear nothing any more' },
  aws_sns_topic_subscription: { what: () => 'the subscription to a topic', lost: UNSEEN_EVENTS },
  aws_sqs_queue: { what: named('queue'), lost: 'every message in it would be lost' },
  aws_ssm_parameter: { what: named('parameter'), lost: 'who reads it would find nothing' },
  aws_wafv2_web_acl: { what: named('firewall'), lost: OPEN },
  aws_wafv2_web_acl_association: { what: () => 'the firewall of an API', lost: OPEN, isRemade: true },
};
