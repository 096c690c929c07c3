import type { RestApi, RestIntegration, RestMethod } from '../../terraform/model';
import type { GatewayRequest } from '../gateway';
import type { Header } from '../headers';
import type { MultiMap } from '../multi-map';
import type { RequestContext } from './request-context';

/** A routed request, read once for validators, events and templates. */
export interface RestCall {
  readonly api: RestApi;
  readonly request: GatewayRequest;
  readonly method: RestMethod;
  readonly headers: readonly Header[];
  readonly query: MultiMap;
  /** Undecoded, as REST APIs hand them on. */
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly context: RequestContext;
  readonly traceId: string;
}

export interface IntegratedCall extends RestCall {
  readonly integration: RestIntegration;
}

/** `POST /data`: what the log calls the request. */
export function routeOf({ method, request }: RestCall): string {
  return `${request.method} ${method.path}`;
}
