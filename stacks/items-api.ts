import type { Construct } from 'constructs';
import { layer, routes } from '../functions/items-api/contract';
import { HttpApi } from './constructs/http-api';
import { LambdaLayer } from './constructs/lambda-layer';
import { NodeFunction } from './constructs/node-function';
import { SystemStack } from './constructs/system-stack';
import { Table } from './constructs/table';
import type { Environment } from './environment';

/** CRUD: HTTP API → one Lambda per route, all on one layer with the ORM → DynamoDB. */
export class ItemsApi extends SystemStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, environment);

    const table = new Table(this, 'table', { environment, tableName: 'items', partitionKey: 'id' });
    const orm = new LambdaLayer(this, 'orm', { environment, layerName: layer.name, bundle: layer.name });
    const api = new HttpApi(this, 'api', { environment, apiName: id });

    const functions = routes.map(({ method, path, functionName, roleName, handler, actions, ...access }) => {
      const fn = new NodeFunction(this, functionName, {
        environment,
        functionName,
        roleName,
        bundle: `${id}/${handler}`,
        layers: [orm],
        variables: { STACK: id, TABLE_NAME: table.name },
      });
      table.grant(fn, ...actions);
      api.addRoute(method, path, fn, access);
      return fn;
    });

    this.output({ table, functions, apiUrl: api.url });
  }
}
