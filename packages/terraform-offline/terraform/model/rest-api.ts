import type { Policy } from '../../iam/policy';
import type { Role } from '../../iam/role';
import type { ApiStage } from './api-stage';
import type { Authorizer } from './authorizer';
import type { Throttling, UsagePlan } from './throttling';
import type { Unserved } from './unserved';

export interface RestApi extends ApiStage {
  readonly kind: 'rest';
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
