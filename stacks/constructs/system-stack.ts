import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../environment';
import { ofSystem } from './access';
import type { NodeFunction } from './node-function';
import { useAws } from './providers';
import { keepState } from './state-backend';
import type { Table } from './table';

/** What a system is made of: recipes take it further. */
export interface System {
  readonly table: Table;
  readonly functions: readonly NodeFunction[];
  /** Appending a route's path to its URL reaches it. */
  readonly api: { readonly url: string };
}

/** A stack with this project's providers, state and outputs. */
export abstract class SystemStack extends TerraformStack {
  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    useAws(this, id, environment);
    new ArchiveProvider(this, 'archive');
    keepState(this, id, environment);
  }

  /**
   * The three outputs every system has, under their plain names.
   * @throws when a setting names a function that the system does not have
   */
  protected output({ table, functions, api }: System): void {
    const reserved = ofSystem(this.environment.reservedConcurrency, this.node.id) ?? {};
    for (const name of Object.keys(reserved)) {
      if (functions.some(({ plainName }) => plainName === this.environment.resourceName(name))) continue;
      throw new Error(
        `reservedConcurrency in stacks/environment.ts names ${name}; ${this.node.id} has ${functions.map(({ plainName }) => plainName).join(', ')}`,
      );
    }
    new TerraformOutput(this, 'dynamodb_table_name', { value: table.name });
    new TerraformOutput(this, 'lambda_function_names', { value: functions.map((fn) => fn.name) });
    new TerraformOutput(this, 'api_gateway_url', { value: api.url });
  }
}
