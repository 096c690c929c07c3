import type { Construct } from 'constructs';
import { toJSONSchema } from 'zod/mini';
import { routes } from '../functions/dynamodb-manager/contract';
import {
  envelope,
  envelopeExpected,
  failureStatuses,
  retryable,
  unexpected,
} from '../functions/operations/contract';
import { addAlarms } from './constructs/alarms';
import { NodeFunction } from './constructs/node-function';
import { RestApi } from './constructs/rest-api';
import { SystemStack, type System } from './constructs/system-stack';
import { Table } from './constructs/table';
import type { Environment } from './environment';

/** DynamoDB's operations over HTTPS: REST API, the body is the event → Lambda → DynamoDB. */
export class DynamodbManager extends SystemStack implements System {
  readonly table: Table;
  readonly api: RestApi;
  readonly functions: readonly NodeFunction[];

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, environment);

    this.table = new Table(this, 'table', {
      environment,
      tableName: 'lambda-apigateway',
      partitionKey: 'id',
    });
    this.api = new RestApi(this, 'api', {
      environment,
      apiName: id,
      stageName: 'prod',
      bodyExpected: envelopeExpected,
    });

    this.functions = routes.map(({ method, path, functionName, roleName, handler, actions, ...access }) => {
      const fn = new NodeFunction(this, functionName, {
        environment,
        functionName,
        roleName,
        bundle: `${id}/${handler}`,
        variables: { TABLES: JSON.stringify({ 'lambda-apigateway': this.table.name }) },
        // A refused envelope is an error by contract: a second attempt would be refused too, or do the same twice.
        asynchronousRetries: 0,
      });
      this.table.grant(fn, ...actions);
      const requestModel = {
        name: 'Envelope',
        schema: toJSONSchema(envelope, { target: 'draft-04', io: 'input' }),
      };
      const answers = {
        failureStatuses,
        retryable,
        unexpected: unexpected.details('$context.requestId'),
      };
      this.api.addEventRoute(method, path, fn, { requestModel, ...answers }, access);
      return fn;
    });

    if (environment.alarms) {
      // Every refused envelope is an error of the function: the catch-all answers those that nobody foresaw.
      addAlarms(this, environment, {
        table: this.table,
        api: this.api,
        functions: this.functions,
        failures: [this.api.stage.countAnswers(unexpected.status)],
      });
    }
    this.output(this);
  }
}
