import type { Role } from '../../iam/role';

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
