import type { ScheduleTiming } from '../events/schedule-expression';
import type { Policy } from '../iam/policy';
import type { SystemExamples } from './examples';

/** What the synthesized Terraform of all stacks describes, with every reference resolved to the local cloud's values. */
export interface Model {
  readonly stacks: readonly Stack[];
}

export interface Stack {
  /** `data-api`: the folder under `cdktf.out/stacks`. */
  readonly id: string;
  readonly region: string;
  readonly functions: readonly LambdaFunction[];
  readonly tables: readonly Table[];
  readonly apis: readonly Api[];
  /** Who may sign requests, where some want a signature. Default: nobody. */
  readonly principals?: readonly IamPrincipal[];
  /** Default: none. */
  readonly domains?: readonly CustomDomain[];
  /** Default: none. */
  readonly userPools?: readonly UserPool[];
  /** What hands the records of streams to functions. Default: nothing does. */
  readonly eventSourceMappings?: readonly EventSourceMapping[];
  /** What invokes functions at certain times. Default: nothing does. */
  readonly schedules?: readonly Schedule[];
  /** Those that anyone may see. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Those with `sensitive = true`. */
  readonly sensitiveOutputs: Readonly<Record<string, unknown>>;
  /** What is known beside the Terraform. Default: nothing. */
  readonly examples?: SystemExamples | undefined;
  /** Where its APIs, routes, functions and tables are declared. Default: that is not known. */
  readonly declarations?: readonly Declaration[];
  /** All of it that is not served, in the order in which it was read. */
  readonly unserved: readonly Unserved[];
}

/** Something that has a name, and where the configuration declares it. */
export interface Declaration {
  /** `Function`, `Route` */
  readonly kind: string;
  readonly name: string;
  /** `main.tf: aws_lambda_function.store` */
  readonly address: string;
}

/** What the local cloud cannot serve: named at start, and answered with 501. The rest is served. */
export interface Unserved {
  /** `data-api: aws_lambda_function.store` */
  readonly address: string;
  /** What is wrong, where, and what would do. */
  readonly reason: string;
  /** What that means: `the function answers 501`. */
  readonly effect: string;
  /** Of the function or table that it is. */
  readonly arn?: string | undefined;
}

export type Api = RestApi | HttpApi | FunctionUrl;

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

/** Hands the records of a table's stream to a function. Numbers without a limit are `Infinity`. */
export interface EventSourceMapping {
  /** `orders: aws_lambda_event_source_mapping.stream` */
  readonly address: string;
  /** May end in an alias or a version. */
  readonly functionArn: string;
  readonly streamArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly parallelizationFactor: number;
  /** Patterns as parsed JSON: a record is handed over that matches one of them. Empty: every record is. */
  readonly filters: readonly FilterPattern[];
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** Whether the function's answer names the records that failed: `ReportBatchItemFailures`. */
  readonly reportsBatchItemFailures: boolean;
  /** The ARN of what is told of records that are given up. Default: nothing is. */
  readonly onFailure?: string | undefined;
}

/** A rule of EventBridge with a schedule, or a schedule of its Scheduler. */
export interface Schedule extends ScheduleTiming {
  /** `jobs: aws_cloudwatch_event_rule.nightly` */
  readonly address: string;
  readonly name: string;
  readonly service: 'events' | 'scheduler';
  readonly arn: string;
  readonly enabled: boolean;
  readonly targets: readonly ScheduleTarget[];
}

export interface ScheduleTarget {
  /** May end in an alias or a version. */
  readonly functionArn: string;
  /** JSON text. Default: the event that AWS makes. */
  readonly input?: string;
  /** As which it is invoked. Default: as the rule. */
  readonly role?: Role;
}

export type FilterPattern = Readonly<Record<string, unknown>>;

export interface InvokePermission {
  readonly action: string;
  readonly principal: string;
  /** May hold `*` and `?`. */
  readonly sourceArn: string | undefined;
  /** The version or alias that may be invoked. Default: the function's own ARN. */
  readonly qualifier?: string;
}

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** Inline and attached. */
  readonly policies: readonly Policy[];
  /** Its permissions boundary. Default: it has none. */
  readonly boundary?: Policy;
}

/** A role or user that signs requests. */
export interface IamPrincipal extends Role {
  readonly kind: 'role' | 'user';
  /** `AROA…`, `AIDA…` */
  readonly id: string;
}

export interface Table {
  readonly name: string;
  readonly arn: string;
  /** Members of DynamoDB's CreateTable, in the AWS form. */
  readonly keySchema: KeySchema;
  readonly attributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: 'S' | 'N' | 'B';
  }[];
  /** Default: none. */
  readonly globalSecondaryIndexes?: readonly SecondaryIndex[];
  /** Default: none. */
  readonly localSecondaryIndexes?: readonly SecondaryIndex[];
  /** The attribute that says when an item expires. Default: items do not. */
  readonly timeToLiveAttribute?: string;
  /** What its stream holds. Default: it has none. */
  readonly streamViewType?: StreamViewType;
  /** Its own policies and its stream's, by ARN. Default: there are none. */
  readonly resourcePolicies?: Readonly<Record<string, Policy>>;
  /** What it is made with. Default: it is empty. */
  readonly items?: readonly TableItem[];
}

export interface TableItem {
  /** `main.tf: aws_dynamodb_table_item.first` */
  readonly address: string;
  /** In DynamoDB's JSON: `{"id": {"S": "1"}}`. */
  readonly item: object;
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];

export interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

export interface Throttling {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

export interface RestApi {
  readonly kind: 'rest';
  readonly id: string;
  readonly name: string;
  /** `arn:aws:execute-api:<region>:<account>:<id>` */
  readonly executionArn: string;
  /** `/orders`: what tells its URL from those of the stack's other APIs. Default: nothing, it is the only one. */
  readonly segment?: string;
  /** Whether only its domains lead to it (`disable_execute_api_endpoint`). Default: its own URL does too. */
  readonly isEndpointDisabled?: boolean;
  readonly stageName: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly throttling: Throttling | undefined;
  readonly binaryMediaTypes: readonly string[];
  /** Where a request's API key comes from. Default: its header `x-api-key`. */
  readonly apiKeySource?: 'HEADER' | 'AUTHORIZER';
  /** Those of its stage. Default: none. */
  readonly usagePlans?: readonly UsagePlan[];
  /** Bytes of a body from which on it is compressed for clients that accept it. Default: none is. */
  readonly minimumCompressionSize?: number | undefined;
  readonly methods: readonly RestMethod[];
  /** Who may call it: its resource policy. Default: everybody. */
  readonly policy?: Policy;
  /** The answer to a request that no method is found for, where the API, or one of its methods, cannot be read. */
  readonly unserved?: Unserved | undefined;
  /** By response type: `MISSING_AUTHENTICATION_TOKEN`, …, `DEFAULT_4XX`. */
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
}

export interface GatewayResponse {
  readonly statusCode: number | undefined;
  /** `gatewayresponse.header.Content-Type` → `'application/problem+json'` */
  readonly parameters: Readonly<Record<string, string>>;
  /** By media type. */
  readonly templates: Readonly<Record<string, string>>;
}

export interface RestMethod {
  /** `POST`, or `ANY`. */
  readonly httpMethod: string;
  /** `/data/{id}` */
  readonly path: string;
  readonly resourceId: string;
  /** Its own limits. Default: the stage's. */
  readonly throttling?: Throttling | undefined;
  readonly apiKeyRequired: boolean;
  /** Decides who may call it. Default: everyone may. */
  readonly authorizer?: Authorizer | undefined;
  readonly validateBody: boolean;
  readonly validateParameters: boolean;
  /** By name, as in `method.request.querystring.limit`; true where required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** JSON schema (draft 4) by media type. */
  readonly requestModels: Readonly<Record<string, unknown>>;
  /** Statuses and headers that the method declares. */
  readonly responses: readonly MethodResponse[];
  /** Undefined when the stack forgot it: the gateway answers 500. */
  readonly integration: RestIntegration | undefined;
  /** Its answer in place of all others. */
  readonly unserved?: Unserved | undefined;
}

export interface MethodResponse {
  readonly statusCode: number;
  /** `method.response.header.Retry-After` → required */
  readonly parameters: Readonly<Record<string, boolean>>;
}

export type RestIntegration = LambdaIntegration | BackendIntegration | MockIntegration;

export interface LambdaIntegration extends Mapping {
  readonly type: 'AWS_PROXY' | 'AWS';
  /** The function's ARN, taken out of the invocation URI. */
  readonly functionArn: string;
  /** What API Gateway invokes it as; `anyone` where policies are not enforced. Default: the function's permission decides. */
  readonly invokedAs?: Role | 'anyone' | undefined;
  readonly timeoutMs: number;
}

/** Calls an HTTP endpoint. */
export interface BackendIntegration extends Mapping {
  readonly type: 'HTTP_PROXY' | 'HTTP';
  /** `http://localhost:9999/{proxy}`, the path parameters not yet filled in. */
  readonly uri: string;
  /** `POST`, or `ANY`: the request's own. */
  readonly httpMethod: string;
  readonly timeoutMs: number;
  /** Takes any certificate. */
  readonly insecure: boolean;
}

/** Answers by itself with the status that the request template makes. */
export interface MockIntegration extends Mapping {
  readonly type: 'MOCK';
}

/** What becomes of a body on its way: base64 text of bytes, or bytes of base64 text. */
export type ContentHandling = 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT';

/** How an integration's request and response are made. */
export interface Mapping {
  readonly passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  /** `integration.request.header.X-Kind` → `method.request.querystring.kind` */
  readonly requestParameters: Readonly<Record<string, string>>;
  /** Of the request's body. Default: as its type says. */
  readonly contentHandling?: ContentHandling | undefined;
  /** VTL by media type. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly responses: readonly IntegrationResponse[];
}

export interface IntegrationResponse {
  readonly statusCode: number;
  /** A Java regular expression over the Lambda error message, or a mock's status; undefined for the default response. */
  readonly selectionPattern: string | undefined;
  /** Of the response's body. Default: as its type, and what the client accepts, say. */
  readonly contentHandling?: ContentHandling | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
}

export interface HttpApi {
  readonly kind: 'http';
  readonly id: string;
  readonly name: string;
  readonly executionArn: string;
  /** `/orders`: what tells its URL from those of the stack's other APIs. Default: nothing, it is the only one. */
  readonly segment?: string;
  /** Whether only its domains lead to it (`disable_execute_api_endpoint`). Default: its own URL does too. */
  readonly isEndpointDisabled?: boolean;
  /** `$default`: no segment in the URL. */
  readonly stageName: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly throttling: Throttling | undefined;
  readonly routes: readonly HttpRoute[];
  /** The answer to a request that no route is found for, where the API, or one of its routes, cannot be read. */
  readonly unserved?: Unserved | undefined;
  readonly cors: CorsConfiguration | undefined;
}

export interface HttpRoute {
  /** `GET /items/{id}`, `ANY /items`, `$default`. */
  readonly routeKey: string;
  /** Decides who may call it. Default: everyone may. */
  readonly authorizer?: Authorizer | undefined;
  /** Its own limits. Default: the stage's. */
  readonly throttling?: Throttling;
  /** Undefined when the stack forgot it: the gateway answers 500. */
  readonly integration: HttpIntegration | undefined;
  /** Its answer in place of all others. */
  readonly unserved?: Unserved | undefined;
}

export type HttpIntegration = LambdaHttpIntegration | BackendHttpIntegration;

/** `AWS_PROXY` */
export interface LambdaHttpIntegration extends ParameterMapping {
  readonly functionArn: string;
  readonly payloadFormatVersion: '1.0' | '2.0';
  readonly timeoutMs: number;
}

/** `HTTP_PROXY` */
export interface BackendHttpIntegration extends ParameterMapping {
  /** With the path's parameters in braces: `https://example.com/{proxy}`. */
  readonly uri: string;
  /** `ANY`: the client's. */
  readonly method: string;
  readonly timeoutMs: number;
}

/** What an integration of an HTTP API changes on the way. */
export interface ParameterMapping {
  /** Default: nothing. */
  readonly requestParameters?: readonly ParameterChange[];
  /** By the status of the integration's response. Default: nothing. */
  readonly responseParameters?: Readonly<Record<string, readonly ParameterChange[]>>;
}

export interface ParameterChange {
  readonly action: 'append' | 'overwrite' | 'remove';
  readonly location: 'header' | 'querystring' | 'path' | 'statuscode';
  /** Of the header or query parameter; empty for path and status. */
  readonly name: string;
  /** `$request.header.name`, `${request.path.id}-${context.requestId}`, or a text as it stands. */
  readonly value: string;
}

/** A domain of one's own, in front of APIs. */
export interface CustomDomain {
  /** `api.example.com`, or `*.example.com`; in lower case. */
  readonly name: string;
  readonly mappings: readonly ApiMapping[];
  /** Its answer in place of all others. */
  readonly unserved?: Unserved | undefined;
}

export interface ApiMapping {
  /** `orders/v1`; empty for the root. */
  readonly path: string;
  readonly apiId: string;
  /** Undefined where the path's next segment names it. */
  readonly stageName: string | undefined;
}

/** A URL of a function's own. */
export interface FunctionUrl {
  readonly kind: 'function-url';
  /** What stands before `.lambda-url` in AWS's host name. */
  readonly id: string;
  /** The function's, with the alias where it has one: `orders:live`. */
  readonly name: string;
  /** `/function-urls/orders:live` */
  readonly segment: string;
  readonly stageName: '$default';
  /** With the alias where it has one. */
  readonly functionArn: string;
  readonly cors: CorsConfiguration | undefined;
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  /** Decides who may call it. Default: everyone may. */
  readonly authorizer?: IamAuthorizer | undefined;
  /** Its answer in place of all others. */
  readonly unserved?: Unserved | undefined;
}

export interface CorsConfiguration {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number | undefined;
}

/** Decides who may call a method or a route. */
export type Authorizer = JwtAuthorizer | CognitoAuthorizer | LambdaAuthorizer | IamAuthorizer;

/** The policies of the role or user that signed the request. */
export interface IamAuthorizer {
  readonly kind: 'iam';
}

/** Where a request says who sends it. */
export interface IdentitySource {
  readonly from: 'header' | 'querystring' | 'stageVariables' | 'context';
  /** `Authorization`, `identity.sourceIp` */
  readonly name: string;
}

/** A token that an issuer has signed: HTTP APIs. */
export interface JwtAuthorizer {
  readonly kind: 'jwt';
  /** `items-api: aws_apigatewayv2_authorizer.users` */
  readonly address: string;
  readonly identitySource: IdentitySource;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Of which a token needs one. Empty: it needs none. */
  readonly scopes: readonly string[];
}

/** A token of a user pool: REST APIs. */
export interface CognitoAuthorizer {
  readonly kind: 'cognito';
  readonly address: string;
  readonly identitySource: IdentitySource;
  /** The pools. */
  readonly issuers: readonly string[];
  /** A Java regular expression over the audience of the token. Default: any will do. */
  readonly audience: string | undefined;
  /** Of which an access token needs one. Empty: an identity token is wanted. */
  readonly scopes: readonly string[];
}

/** A function that answers who may. */
export interface LambdaAuthorizer {
  readonly kind: 'lambda';
  readonly address: string;
  readonly functionArn: string;
  /** What the function's permission has to allow: `arn:aws:execute-api:eu-west-1:000000000000:abc/authorizers/def` */
  readonly sourceArn: string;
  /** What API Gateway invokes the function as. Default: the function's permission decides. */
  readonly role: Role | undefined;
  /** The form of its event: a REST API's `TOKEN` or `REQUEST`, an HTTP API's payload format. */
  readonly event: 'TOKEN' | 'REQUEST' | '1.0' | '2.0';
  /** Without any of them in the request, the function is not asked. */
  readonly identitySources: readonly IdentitySource[];
  /** A Java regular expression, which the token has to match as a whole. */
  readonly validation: string | undefined;
  /** Whether the function answers yes or no, and not with a policy. */
  readonly simpleResponses: boolean;
  /** How long an answer holds for the same identity; 0: for one request. */
  readonly ttlSeconds: number;
}

/** Of Cognito. Its users are not here: tokens of the local issuer stand for theirs. */
export interface UserPool {
  readonly arn: string;
  /** `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abCd12345` */
  readonly issuer: string;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** Whether the configuration says the value; otherwise it is a local one. */
  readonly isGiven: boolean;
  readonly enabled: boolean;
}

/** How often the holders of its keys may call the stages in it. */
export interface UsagePlan {
  readonly id: string;
  readonly name: string;
  readonly keys: readonly ApiKey[];
  /** Of each key. Undefined: no limit. */
  readonly throttling: Throttling | undefined;
  /** Of each key, for methods that have their own: by `/data/{id}/GET`. */
  readonly methodThrottling: Readonly<Record<string, Throttling>>;
  readonly quota: Quota | undefined;
}

export interface Quota {
  readonly limit: number;
  /** What is taken off the limit in the first period. */
  readonly offset: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
}
