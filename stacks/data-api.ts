import type { Construct } from 'constructs';
import { routes } from '../functions/data-api/contract';
import { NodeFunction } from './constructs/node-function';
import { RestApi } from './constructs/rest-api';
import { SystemStack } from './constructs/system-stack';
import { Table } from './constructs/table';
import type { Environment } from './environment';

/** Store and retrieve: REST API → one Lambda per route → DynamoDB. */
export class DataApi extends SystemStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, environment);

    const table = new Table(this, 'table', { environment, tableName: 'MyDataTable', partitionKey: 'id' });
    const api = new RestApi(this, 'api', { environment, apiName: id, stageName: 'prod' });

    const functions = routes.map(({ method, path, functionName, roleName, handler, actions, ...access }) => {
      const fn = new NodeFunction(this, functionName, {
        environment,
        functionName,
        roleName,
        bundle: `${id}/${handler}`,
        variables: { STACK: id, TABLE_NAME: table.name },
      });
      table.grant(fn, ...actions);
      api.addProxyRoute(method, path, fn, access);
      return fn;
    });

    this.output({ table, functions, apiUrl: api.url });
  }
}
