import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Testing } from 'cdktf';
import type { SystemStack } from '../../stacks/constructs/system-stack';
import { DataApi } from '../../stacks/data-api';
import { DynamodbManager } from '../../stacks/dynamodb-manager';
import type { Environment } from '../../stacks/environment';
import { ItemsApi } from '../../stacks/items-api';
import { OrderApi } from '../../stacks/order-api';
import { withoutMetadata, withoutTraces, type Configuration } from './synth';

export const SYSTEMS = {
  'data-api': DataApi,
  'items-api': ItemsApi,
  'dynamodb-manager': DynamodbManager,
  'order-api': OrderApi,
} as const;

export type SystemId = keyof typeof SYSTEMS;

/** Synthesizes a system in an environment, after `change` has had its way with it. */
export function system<Id extends SystemId>(
  id: Id,
  environment: Environment,
  change: (stack: InstanceType<(typeof SYSTEMS)[Id]>) => void = () => undefined,
): Configuration {
  const outdir = mkdtempSync(path.join(tmpdir(), 'system-'));
  try {
    const System: new (...args: ConstructorParameters<typeof DataApi>) => SystemStack = SYSTEMS[id];
    return withoutTraces(() => {
      const stack = new System(Testing.app({ outdir }), id, environment);
      change(stack as InstanceType<(typeof SYSTEMS)[Id]>);
      return withoutMetadata(Testing.synth(stack, true));
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
