import type { Throttling } from './throttling';

/** What a stage of a REST API and one of an HTTP API have in common. */
export interface ApiStage {
  /** The API's. */
  readonly id: string;
  readonly name: string;
  /** `arn:aws:execute-api:<region>:<account>:<id>` */
  readonly executionArn: string;
  /** `/orders`: what tells its URL from those of the stack's other APIs. Default: nothing, it is the only one. */
  readonly segment?: string;
  /** Whether only its domains lead to it (`disable_execute_api_endpoint`). Default: its own URL does too. */
  readonly isEndpointDisabled?: boolean;
  /** That of an HTTP API may be `$default`, which is no segment of the URL. */
  readonly stageName: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly throttling: Throttling | undefined;
}
