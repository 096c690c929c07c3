import type { ApiStage } from './api-stage';
import type { Authorizer } from './authorizer';
import type { CorsConfiguration } from './cors';
import type { Throttling } from './throttling';
import type { Unserved } from './unserved';

export interface HttpApi extends ApiStage {
  readonly kind: 'http';
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
