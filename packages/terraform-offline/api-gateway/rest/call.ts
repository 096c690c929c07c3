import { randomUUID } from 'node:crypto';
import { parseArn } from '../../iam/arn';
import type { Caller } from '../../iam/callers';
import {
  type Header,
  headerPairs,
  headerValue,
  mediaType,
  type MultiMap,
  parseQuery,
} from '../../server/message';
import type { HttpRequest } from '../../server/request';
import type { RestApi, RestMethod } from '../../terraform/model/rest-api';
import type { ApiKey } from '../../terraform/model/throttling';
import { iamIdentityV1 } from '../authorizers/iam';
import { domainNames } from '../forwarding';
import { extendedRequestId, newTraceId, requestTime } from '../identifiers';
import { GatewayError } from './errors';
import type { Templates } from './mapping/template';
import type { MethodMatch } from './router';

/** What is known of who sent a request. */
export interface RestIdentity {
  readonly apiKey?: ApiKey;
  /** The value of the API key that its authorizer counts the request for. */
  readonly usageKey?: string | undefined;
  /** The role or user that signed it. */
  readonly signer?: Caller;
  /** What its authorizer tells the integration. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
}

/** A request on its way through the gateway. What not every request needs is read when it is first asked for. */
export class RestCall {
  /** Milliseconds since 1970. */
  readonly receivedAt = Date.now();
  readonly requestId: string = randomUUID();
  readonly extendedRequestId = extendedRequestId();
  readonly headers: readonly Header[];
  readonly traceId: string;
  private identified: RestIdentity = {};
  /** As the client sent it, and then uncompressed. */
  body: Buffer;
  private readQuery: MultiMap | undefined;
  private readContext: RequestContext | undefined;
  private readType: string | undefined;
  private readText: string | undefined;
  private parsed: { readonly json: unknown } | undefined;

  /**
   * @param match undefined when the API has no such method
   * @param templates the API's
   */
  constructor(
    readonly api: RestApi,
    readonly request: HttpRequest,
    readonly match: MethodMatch | undefined,
    readonly templates: Templates,
  ) {
    this.headers = headerPairs(request.rawHeaders);
    this.body = request.body;
    this.traceId = this.header('x-amzn-trace-id') ?? newTraceId(this.receivedAt);
  }

  /** @throws GatewayError when the API has no such method */
  get method(): RestMethod {
    if (!this.match) throw new GatewayError('routeNotFound');
    return this.match.method;
  }

  /** Undecoded, as REST APIs hand them on. */
  get pathParameters(): Readonly<Record<string, string>> {
    return this.match?.pathParameters ?? {};
  }

  get query(): MultiMap {
    // REST APIs split at semicolons too: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
    return (this.readQuery ??= parseQuery(this.request.rawQuery.replaceAll(';', '&')));
  }

  get identity(): RestIdentity {
    return this.identified;
  }

  /** Notes what was found out of who sent it: events and templates show it. */
  identify(identity: RestIdentity): void {
    this.identified = { ...this.identified, ...identity };
    this.readContext = undefined;
  }

  get context(): RequestContext {
    return (this.readContext ??= requestContext(this));
  }

  /** A header's value, whatever its case, by its lower-case name; the last one of a repeated header. */
  header(name: string): string | undefined {
    return headerValue(this.headers, name);
  }

  /** The body's media type, without parameters. */
  get contentType(): string {
    return (this.readType ??= mediaType(this.header('content-type') ?? 'application/json'));
  }

  /** The body as text. */
  get text(): string {
    return (this.readText ??= this.body.toString());
  }

  /**
   * The body as JSON; an empty one counts as `{}`.
   * @throws SyntaxError when it is none
   */
  get json(): unknown {
    return (this.parsed ??= { json: JSON.parse(this.text === '' ? '{}' : this.text) as unknown }).json;
  }

  /** `POST /data`: what the log calls the request. */
  get route(): string {
    return `${this.request.method} ${this.match?.method.path ?? this.request.rawPath}`;
  }
}

/** `requestContext` of a proxy event, `$context` of a template. */
type RequestContext = ReturnType<typeof requestContext>;

/**
 * The members API Gateway sends, `authorizer` only where one ran.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
function requestContext(call: RestCall) {
  const { api, request, headers, match, receivedAt } = call;
  const { apiKey, authorizer, signer } = call.identity;
  return {
    accountId: parseArn(api.executionArn).account,
    apiId: api.id,
    ...(authorizer && { authorizer }),
    deploymentId: 'local',
    ...domainNames(call),
    extendedRequestId: call.extendedRequestId,
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      // Only where the method asks for one.
      ...(apiKey && { apiKey: apiKey.value, apiKeyId: apiKey.id }),
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: headerValue(headers, 'user-agent') ?? null,
      userArn: null,
      ...(signer && iamIdentityV1(signer)),
    },
    path: `${request.prefix}${request.rawPath}`,
    protocol: request.protocol,
    requestId: call.requestId,
    requestTime: requestTime(new Date(receivedAt)),
    requestTimeEpoch: receivedAt,
    resourceId: match?.method.resourceId ?? null,
    resourcePath: match?.method.path ?? null,
    stage: api.stageName,
  };
}
