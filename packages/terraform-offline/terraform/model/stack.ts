import type { IamPrincipal, Role } from '../../iam/role';
import type { SystemExamples } from '../examples';
import type { UserPool } from './authorizer';
import type { CustomDomain } from './custom-domain';
import type { EventSourceMapping } from './event-source-mapping';
import type { LambdaFunction } from './function';
import type { FunctionUrl } from './function-url';
import type { HttpApi } from './http-api';
import type { RestApi } from './rest-api';
import type { Schedule } from './schedule';
import type { Table } from './table';
import type { Unserved } from './unserved';

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

export type Api = RestApi | HttpApi | FunctionUrl;

/** Everybody whose policies are known: the roles of functions, and the roles and users that may sign requests. */
export function identitiesOf({ stacks }: Pick<Model, 'stacks'>): readonly Role[] {
  const all = [
    ...stacks.flatMap(({ functions }) => functions.map(({ role }) => role)),
    ...stacks.flatMap(({ principals = [] }) => principals),
  ];
  return [...new Map(all.map((one) => [one.arn, one])).values()];
}
