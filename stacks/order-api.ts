import type { Construct } from 'constructs';
import { routes } from '../functions/order-api/contract';
import { addAlarms } from './constructs/alarms';
import { NodeFunction } from './constructs/node-function';
import { RestApi } from './constructs/rest-api';
import { SystemStack, type System } from './constructs/system-stack';
import { Table } from './constructs/table';
import type { Environment } from './environment';

/** Orders: REST API → Lambda → DynamoDB. */
export class OrderApi extends SystemStack implements System {
  readonly table: Table;
  readonly api: RestApi;
  readonly functions: readonly NodeFunction[];

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, environment);

    this.table = new Table(this, 'table', {
      environment,
      tableName: 'order-microservice-db',
      partitionKey: 'id',
    });
    this.api = new RestApi(this, 'api', { environment, apiName: id, stageName: 'prod' });

    this.functions = routes.map(({ method, path, functionName, roleName, handler, actions, ...access }) => {
      const fn = new NodeFunction(this, functionName, {
        environment,
        functionName,
        roleName,
        bundle: `${id}/${handler}`,
        variables: {
          // The seed's requests call the table by dynamodb-manager's name.
          TABLES: JSON.stringify({
            'order-microservice-db': this.table.name,
            'lambda-apigateway': this.table.name,
          }),
        },
      });
      this.table.grant(fn, ...actions);
      this.api.addProxyRoute(method, path, fn, access);
      return fn;
    });

    if (environment.alarms) addAlarms(this, environment, this);
    this.output(this);
  }
}
