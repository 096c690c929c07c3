import type { GatewayRequest } from '../../server/request';
import type { HttpApi, HttpRoute } from '../../terraform/model/http-api';
import type { Header, MultiMap } from '../message';
import type { HttpIdentity } from './authorization';

/** A routed request, read once. */
export interface HttpCall {
  readonly api: HttpApi;
  readonly request: GatewayRequest;
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
