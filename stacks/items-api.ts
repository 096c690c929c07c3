import type { Construct } from 'constructs';
import { byName, layer, routes } from '../functions/items-api/contract';
import { HttpApi } from './constructs/http-api';
import { LambdaLayer } from './constructs/lambda-layer';
import { addAlarms } from './constructs/alarms';
import { NodeFunction } from './constructs/node-function';
import { SystemStack, type System } from './constructs/system-stack';
import { Table } from './constructs/table';
import type { Environment } from './environment';

/** CRUD: HTTP API → one Lambda per route, all on one layer with the ORM → DynamoDB. */
export class ItemsApi extends SystemStack implements System {
  readonly table: Table;
  readonly api: HttpApi;
  readonly functions: readonly NodeFunction[];

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, environment);

    this.table = new Table(this, 'table', {
      environment,
      tableName: 'items',
      partitionKey: 'id',
      indexes: [byName],
    });
    const orm = new LambdaLayer(this, 'orm', { environment, layerName: layer.name, bundle: layer.name });
    this.api = new HttpApi(this, 'api', { environment, apiName: id });

    this.functions = routes.map(
      ({ method, path, functionName, roleName, handler, actions, indexActions = {}, ...access }) => {
        const fn = new NodeFunction(this, functionName, {
          environment,
          functionName,
          roleName,
          bundle: `${id}/${handler}`,
          layers: [orm],
          variables: { STACK: id, TABLE_NAME: this.table.name },
        });
        this.table.grant(fn, ...actions);
        for (const [index, allowed] of Object.entries(indexActions))
          this.table.grantIndex(fn, index, ...allowed);
        this.api.addRoute(method, path, fn, access);
        return fn;
      },
    );

    if (environment.alarms) addAlarms(this, environment, this);
    this.output(this);
  }
}
