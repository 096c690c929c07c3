import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../environment';
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
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    useAws(this, id, environment);
    new ArchiveProvider(this, 'archive');
    keepState(this, id, environment);
  }

  /** The three outputs every system has, under their plain names. */
  protected output({ table, functions, api }: System): void {
    new TerraformOutput(this, 'dynamodb_table_name', { value: table.name });
    new TerraformOutput(this, 'lambda_function_names', { value: functions.map((fn) => fn.name) });
    new TerraformOutput(this, 'api_gateway_url', { value: api.url });
  }
}
