import {
  isEmpty,
  keeps,
  notBelow,
  staysALimit,
  staysAsItIs,
  staysClosed,
  staysInAccount,
  staysNamed,
  staysNarrow,
  staysOff,
  staysOn,
  staysSame,
  staysSet,
  type Guard,
  type Held,
} from '../../guard';

const OPEN_TO_ALL = 'requests would be let in that are refused today';
const NOT_CHECKED = 'requests that do not fit would reach the function';
const UNSEEN = 'what happens there would no longer be seen';

const throttling = (block: string, rate: string, burst: string, whose: string): Guard[] =>
  [rate, burst].map((limit) => ({
    path: `${block}.${limit}`,
    held: staysALimit,
    what: `${limit} of ${whose}`,
    effect: 'at 0 every request is refused; without a limit one client can take what all share',
  }));

/** The same function of another version is the same. */
const staysTheFunction: Held = (before, after, accounts) =>
  staysSame(unqualified(before), unqualified(after), accounts);

/** The value of a header in a response: a quoted text. */
const staysNoStar: Held = (before, after) =>
  before !== after && (after === '*' || after === "'*'") ? 'opens {} to every origin' : undefined;

const corsHeaders = (...parameters: string[]): Guard[] =>
  parameters.map((parameter) => ({
    path: `response_parameters.${parameter.replaceAll('.', '~')}`,
    held: staysNoStar,
    what: 'the header Access-Control-Allow-Origin',
    effect: 'pages of every origin could read the answers in the name of their visitors',
  }));

const logs = (block: string): Guard[] => [
  {
    path: `${block}.logging_level`,
    held: notBelow('OFF', 'ERROR', 'INFO'),
    what: 'the level of execution logs',
    effect: UNSEEN,
  },
  {
    path: `${block}.data_trace_enabled`,
    held: staysOff,
    what: 'the logging of whole requests',
    effect: 'bodies and tokens of every client would stand in the log',
  },
];

const metrics = (path: string): Guard => ({
  path,
  held: staysOn,
  what: 'the metrics of each route',
  effect: 'alarms on them would have nothing to look at',
});

const stage = (): Guard[] => [
  { path: 'access_log_settings.0.destination_arn', held: staysSet, what: 'the access log', effect: UNSEEN },
  {
    path: 'client_certificate_id',
    held: staysSame,
    what: 'the certificate the gateway shows',
    effect: 'what is behind the API could not tell its calls from those of others',
  },
  { path: 'web_acl_arn', held: staysSet, what: 'the firewall of the stage', effect: OPEN_TO_ALL },
];

const domain = (block: string): Guard[] => [
  {
    path: `${block}security_policy`,
    held: notBelow('TLS_1_0', 'TLS_1_2', 'SecurityPolicy_TLS13'),
    what: 'the version of TLS',
    effect: 'clients could be talked into a version that is broken',
  },
  {
    path: 'mutual_tls_authentication.0.truststore_uri',
    held: staysSame,
    what: 'the certificates that clients must show',
    effect: OPEN_TO_ALL,
  },
  {
    path: `${block}endpoint_type`,
    held: staysSame,
    what: 'the type of the endpoint',
    effect: 'clients would find it in another place, or in none',
  },
];

const authorizedBy = (key: string): Guard[] => [
  { path: key, held: staysClosed, what: 'authorization', effect: 'everyone on the internet could call it' },
  {
    path: 'authorizer_id',
    // Which scheme there is without one, the row above says.
    held: (before, after, accounts) => (isEmpty(after) ? undefined : staysSame(before, after, accounts)),
    what: 'the authorizer',
    effect: 'another one would decide who may call it',
  },
  {
    path: 'authorization_scopes',
    held: staysNarrow,
    what: 'the scopes of which a token needs one',
    effect: 'tokens would be let in that are refused today',
  },
  { path: 'api_key_required', held: staysOn, what: 'the API key', effect: OPEN_TO_ALL },
];

const DEFAULT_ENDPOINT: Guard = {
  path: 'disable_execute_api_endpoint',
  held: staysAsItIs,
  what: 'whether the default endpoint is off',
  effect:
    'clients could go round the custom domain and what it asks for, or those of the default endpoint find none',
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_rest_api, apigatewayv2_api, and their parts */
export const apiGateway: Readonly<Record<string, readonly Guard[]>> = {
  aws_api_gateway_rest_api: [
    {
      path: 'policy',
      held: staysSet,
      what: "the API's resource policy",
      effect: OPEN_TO_ALL,
    },
    {
      path: 'endpoint_configuration.0.types',
      held: staysSame,
      what: 'the type of the endpoint',
      effect:
        'others could reach the API, or nobody where clients look for it; a private one would be on the internet',
    },
    {
      path: 'endpoint_configuration.0.vpc_endpoint_ids',
      held: staysNarrow,
      what: 'the VPC endpoints of the API',
      effect: 'it would be reached from other networks',
    },
    DEFAULT_ENDPOINT,
    {
      path: 'api_key_source',
      held: staysSame,
      what: 'where API keys come from',
      effect: 'the keys that clients send would not count',
    },
  ],
  aws_api_gateway_stage: stage(),
  aws_api_gateway_method: [
    ...authorizedBy('authorization'),
    { path: 'request_validator_id', held: staysSet, what: 'the validator', effect: NOT_CHECKED },
    { path: 'request_models', held: keeps(), what: 'the models of the body', effect: NOT_CHECKED },
    {
      path: 'request_parameters',
      held: (before, after, accounts) => {
        const required = (value: unknown): string[] =>
          Object.entries(value ?? {}).flatMap(([name, isRequired]) => (isRequired === true ? [name] : []));
        return keeps()(required(before), required(after), accounts);
      },
      what: 'the parameters that a request must have',
      effect: NOT_CHECKED,
    },
  ],
  aws_api_gateway_method_settings: [
    ...throttling('settings.0', 'throttling_rate_limit', 'throttling_burst_limit', 'the stage'),
    ...logs('settings.0'),
    metrics('settings.0.metrics_enabled'),
    {
      path: 'settings.0.cache_data_encrypted',
      held: staysOn,
      what: 'encryption of the cache',
      effect: 'answers would lie in it as they are',
    },
    {
      path: 'settings.0.require_authorization_for_cache_control',
      held: staysOn,
      what: 'authorization to empty the cache',
      effect: 'every client could empty it',
    },
  ],
  aws_api_gateway_usage_plan: [
    ...throttling('throttle_settings.0', 'rate_limit', 'burst_limit', 'the usage plan'),
    {
      path: 'quota_settings.0.limit',
      held: staysALimit,
      what: 'the quota',
      effect: 'at 0 every request is refused; without a quota nothing bounds what a client takes',
    },
    {
      path: 'quota_settings.0.period',
      // That there is one at all, the row above says.
      held: (before, after, accounts) => (isEmpty(after) ? undefined : staysSame(before, after, accounts)),
      what: 'the period of the quota',
      effect: 'a client could take many times as much, or is refused much sooner',
    },
  ],
  aws_api_gateway_api_key: [
    {
      path: 'enabled',
      held: (before, after) => (after === false && before !== false ? 'turns off {}' : undefined),
      what: 'the API key',
      effect: 'whoever uses it is refused',
    },
  ],
  aws_api_gateway_authorizer: [
    {
      path: 'type',
      held: staysSame,
      what: 'the type of the authorizer',
      effect: 'it would look at something else of a request',
    },
    {
      path: 'identity_source',
      held: staysSame,
      what: 'what the authorizer asks for',
      effect: 'requests without it would no longer be refused at once, or those of today would be',
    },
    {
      path: 'identity_validation_expression',
      held: staysSame,
      what: 'the form a token must have',
      effect: 'other tokens would reach the authorizer',
    },
    {
      path: 'authorizer_uri',
      held: staysTheFunction,
      what: 'the function that decides',
      effect: 'another one would decide who may call the API',
    },
    {
      path: 'provider_arns',
      held: staysNarrow,
      what: 'the user pools whose tokens count',
      effect: 'users of another pool would be let in',
    },
  ],
  aws_api_gateway_request_validator: [
    {
      path: 'validate_request_body',
      held: staysOn,
      what: 'the validation of bodies',
      effect: NOT_CHECKED,
    },
    {
      path: 'validate_request_parameters',
      held: staysOn,
      what: 'the validation of parameters',
      effect: NOT_CHECKED,
    },
  ],
  aws_api_gateway_domain_name: [
    ...domain(''),
    {
      path: 'endpoint_configuration.0.types',
      held: staysSame,
      what: 'the type of the endpoint',
      effect:
        'others could reach it, or nobody where clients look for it; a private one would be on the internet',
    },
    { path: 'policy', held: staysSet, what: "the domain's resource policy", effect: OPEN_TO_ALL },
  ],
  aws_api_gateway_account: [
    { path: 'cloudwatch_role_arn', held: staysSet, what: 'the role that writes logs', effect: UNSEEN },
  ],
  aws_api_gateway_integration: [
    {
      path: 'uri',
      held: staysInAccount,
      what: 'what answers',
      effect: 'whoever that is would get every request, with its tokens',
    },
    {
      path: 'tls_config.0.insecure_skip_verification',
      held: staysOff,
      what: 'the skipping of certificate checks',
      effect: 'whoever is on the way could answer in place of the endpoint',
    },
    {
      path: 'connection_type',
      held: (before, after, accounts) =>
        before === 'VPC_LINK' ? staysSame(before, after, accounts) : undefined,
      what: 'the way to the endpoint',
      effect: 'requests would leave the private network',
    },
  ],
  aws_api_gateway_integration_response: corsHeaders('method.response.header.Access-Control-Allow-Origin'),
  aws_api_gateway_gateway_response: corsHeaders('gatewayresponse.header.Access-Control-Allow-Origin'),
  aws_apigatewayv2_api: [
    {
      path: 'cors_configuration.0.allow_origins',
      held: staysNamed,
      what: 'the origins that CORS allows',
      effect: 'pages from there could call the API in the name of their visitors',
    },
    {
      path: 'cors_configuration.0.allow_credentials',
      held: staysOff,
      what: 'credentials for CORS',
      effect: 'pages of other origins could call the API in the name of their visitors',
    },
    DEFAULT_ENDPOINT,
  ],
  aws_apigatewayv2_stage: [
    ...throttling('default_route_settings.0', 'throttling_rate_limit', 'throttling_burst_limit', 'the stage'),
    ...throttling(
      'route_settings[route_key]',
      'throttling_rate_limit',
      'throttling_burst_limit',
      'a route of the stage',
    ),
    {
      path: 'route_settings',
      held: keeps('route_key'),
      what: 'the settings of single routes',
      effect: 'those of the whole stage would count, or no limit at all',
    },
    ...logs('default_route_settings.0'),
    metrics('default_route_settings.0.detailed_metrics_enabled'),
    ...stage(),
  ],
  aws_apigatewayv2_route: authorizedBy('authorization_type'),
  aws_apigatewayv2_authorizer: [
    {
      path: 'authorizer_type',
      held: staysSame,
      what: 'the type of the authorizer',
      effect: 'it would look at something else of a request',
    },
    {
      path: 'jwt_configuration.0.audience',
      held: staysNarrow,
      what: 'the audiences of which a token needs one',
      effect: 'tokens made for another application would be let in',
    },
    {
      path: 'jwt_configuration.0.issuer',
      held: staysSame,
      what: 'the issuer of tokens',
      effect: 'whoever that is decides who may call the API',
    },
    {
      path: 'identity_sources',
      held: staysSame,
      what: 'what the authorizer asks for',
      effect: 'requests without it would no longer be refused at once, or those of today would be',
    },
    {
      path: 'authorizer_uri',
      held: staysTheFunction,
      what: 'the function that decides',
      effect: 'another one would decide who may call the API',
    },
  ],
  aws_apigatewayv2_domain_name: domain('domain_name_configuration.0.'),
  aws_apigatewayv2_integration: [
    {
      path: 'integration_uri',
      held: staysInAccount,
      what: 'what answers',
      effect: 'whoever that is would get every request, with its tokens',
    },
    {
      path: 'tls_config.0.server_name_to_verify',
      held: staysSame,
      what: 'the name that the endpoint must prove',
      effect: 'whoever is on the way could answer in its place',
    },
    {
      path: 'connection_type',
      held: (before, after, accounts) =>
        before === 'VPC_LINK' ? staysSame(before, after, accounts) : undefined,
      what: 'the way to the endpoint',
      effect: 'requests would leave the private network',
    },
  ],
};

function unqualified(uri: unknown): unknown {
  return typeof uri === 'string' ? uri.replace(/(:function:[^:/]+):[^/]+/, '$1') : uri;
}
