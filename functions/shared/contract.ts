/** The DynamoDB actions a function can be granted. */
export type TableAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'Scan';

/** Who may call a route: everyone, AWS identities, holders of a token of the environment's issuer, or of an API key. */
export const AUTHORIZATIONS = ['none', 'iam', 'jwt', 'apiKey'] as const;
export type Authorization = (typeof AUTHORIZATIONS)[number];

/** What a contract says of who may call a route. */
export interface Access {
  /** Default: what the environment says for the system. */
  readonly authorization?: Authorization;
  /** Where that is `jwt`: the token must have one of these. Default: any token will do. */
  readonly scopes?: readonly string[];
}

/**
 * One row of a system's contract: the endpoint, the function behind it and what that function does to the table. The
 * stack makes the route, the function, its role and its permission from this row; the local run reads them back.
 */
export interface Route extends Access {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `{parameters}`, as API Gateway writes it. */
  readonly path: string;
  /** Name of the Lambda function in the default environment. */
  readonly functionName: string;
  /** The handler's file beside the contract, without `.ts`. */
  readonly handler: string;
  /** The role's name in the default environment. Default: `<functionName>-role`. */
  readonly roleName?: string;
  /** Exactly the actions that the function's role allows on the table. */
  readonly actions: readonly TableAction[];
  /** Exactly the actions that it allows on an index, by the index's name. Default: none. */
  readonly indexActions?: Readonly<Record<string, readonly TableAction[]>>;
}

/** A package that all functions of a system share, in a Lambda layer. */
export interface Layer {
  /** Name of the package and, in the default environment, of the layer: its entry is `layer/<name>.ts`. */
  readonly name: string;
  /** The largest zip that it may become, in KiB. */
  readonly sizeBudget: number;
}
