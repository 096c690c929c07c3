import { LambdaProvisionedConcurrencyConfig } from '@cdktf/provider-aws/lib/lambda-provisioned-concurrency-config';
import type { NodeFunction } from '../constructs/node-function';

/**
 * Keeps so many execution environments of a function initialised, at their price for every second: requests beyond them start
 * cold as before.
 */
export function keepWarm(fn: NodeFunction, environments: number): void {
  const { alias } = fn.resources;
  new LambdaProvisionedConcurrencyConfig(fn, 'provisioned-concurrency', {
    functionName: alias.functionName,
    qualifier: alias.name,
    provisionedConcurrentExecutions: environments,
  });
}
