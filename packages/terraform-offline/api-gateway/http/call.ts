import type { Caller } from '../../iam/callers';
import type { Header, MultiMap } from '../../server/message';
import type { HttpRequest } from '../../server/request';
import type { HttpApi, HttpRoute } from '../../terraform/model/http-api';
import type { iamIdentity } from '../authorizers/iam';
import type { JwtIdentity } from '../authorizers/jwt';

/** What a route's authorizer found out. */
export interface HttpIdentity {
  /** `requestContext.authorizer` of payload 2.0. */
  readonly shown:
    | { readonly iam: ReturnType<typeof iamIdentity> }
    | { readonly jwt: JwtIdentity }
    | { readonly lambda: Readonly<Record<string, unknown>> | null };
  /** The same of payload 1.0. */
  readonly shownV1: Readonly<Record<string, unknown>>;
  /** The role or user that signed the request. */
  readonly signer?: Caller;
}

/** A routed request, read once. */
export interface HttpCall {
  readonly api: HttpApi;
  readonly request: HttpRequest;
  readonly route: HttpRoute;
  /** The path within the stage, decoded as the event shows it. */
  readonly path: string;
  /** Whether a mapping gave the path. Default: it is the client's. */
  readonly isPathMapped?: boolean;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly headers: readonly Header[];
  readonly query: MultiMap;
  /** Also the answer's `apigw-requestid`. */
  readonly requestId: string;
  readonly traceId: string;
  readonly receivedAt: Date;
  /** What the route's authorizer found out. Default: it has none. */
  readonly identity?: HttpIdentity | undefined;
}
