import type { Construct } from 'constructs';
import { routes } from '../functions/order-api/contract';
import { NodeFunction } from './constructs/node-function';
import { RestApi } from './constructs/rest-api';
import { SystemStack } from './constructs/system-stack';
import { Table } from './constructs/table';
import type { Environment } from './environment';

/** Orders: REST API → Lambda → DynamoDB. */
export class OrderApi extends SystemStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, environment);

    const table = new Table(this, 'table', {
      environment,
      tableName: 'order-microservice-db',
      partitionKey: 'id',
    });
    const api = new RestApi(this, 'api', { environment, apiName: id, stageName: 'prod' });

    const functions = routes.map(({ method, path, functionName, roleName, handler, actions, ...access }) => {
      const fn = new NodeFunction(this, functionName, {
        environment,
        functionName,
        roleName,
        bundle: `${id}/${handler}`,
        variables: {
          // The seed's requests call the table by dynamodb-manager's name.
          TABLES: JSON.stringify({ 'order-microservice-db': table.name, 'lambda-apigateway': table.name }),
        },
      });
      table.grant(fn, ...actions);
      api.addProxyRoute(method, path, fn, access);
      return fn;
    });

    this.output({ table, functions, apiUrl: api.url });
  }
}
