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
import { NodeFunction } from './constructs/node-function';
import { RestApi } from './constructs/rest-api';
import { SystemStack } from './constructs/system-stack';
import { Table } from './constructs/table';
import type { Environment } from './environment';

/** DynamoDB's operations over HTTPS: REST API, the body is the event → Lambda → DynamoDB. */
export class DynamodbManager extends SystemStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, environment);

    const table = new Table(this, 'table', {
      environment,
      tableName: 'lambda-apigateway',
      partitionKey: 'id',
    });
    const api = new RestApi(this, 'api', {
      environment,
      apiName: id,
      stageName: 'prod',
      bodyExpected: envelopeExpected,
    });

    const functions = routes.map(({ method, path, functionName, roleName, handler, actions, ...access }) => {
      const fn = new NodeFunction(this, functionName, {
        environment,
        functionName,
        roleName,
        bundle: `${id}/${handler}`,
        variables: { TABLES: JSON.stringify({ 'lambda-apigateway': table.name }) },
        // A refused envelope is an error by contract: a second attempt would be refused too, or do the same twice.
        asynchronousRetries: 0,
      });
      table.grant(fn, ...actions);
      const requestModel = {
        name: 'Envelope',
        schema: toJSONSchema(envelope, { target: 'draft-04', io: 'input' }),
      };
      const answers = {
        failureStatuses,
        retryable,
        unexpected: unexpected.details('$context.requestId'),
      };
      api.addEventRoute(method, path, fn, { requestModel, ...answers }, access);
      return fn;
    });

    this.output({ table, functions, apiUrl: api.url });
  }
}
