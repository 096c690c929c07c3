import type { IamAuthorizer } from './authorizer';
import type { CorsConfiguration } from './cors';
import type { Unserved } from './unserved';

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
