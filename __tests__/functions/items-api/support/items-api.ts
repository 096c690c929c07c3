import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createLambda } from '../../../../packages/terraform-offline/lambda/service';
import type { InvocationResult } from '../../../../packages/terraform-offline/lambda/invoker';
import { loadModel } from '../../../../packages/terraform-offline/terraform/load';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import { httpEvent } from '../../../support/http-event';
import { outputFolder } from '../../../../tools/project-root';

export interface Request {
  readonly id?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Parsed; undefined when there is none. */
  readonly body: unknown;
}

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly description?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

export interface ItemsApi {
  /** Calls the built function of the name with the event of its route. */
  invoke(functionName: string, request?: Request): Promise<InvocationResult>;
  create(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  list(query?: Record<string, string>): Promise<Answer>;
  get(id: string, headers?: Record<string, string>): Promise<Answer>;
  update(id: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  remove(id: string, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

const METHODS: Record<string, string> = {
  CreateItemFunction: 'POST',
  ListItemsFunction: 'GET',
  GetItemFunction: 'GET',
  UpdateItemFunction: 'PUT',
  DeleteItemFunction: 'DELETE',
};

/** The functions of the stack as they were built, in workers, on the database at the endpoint. */
export async function startItemsApi(
  databaseEndpoint: string,
  change: (fn: LambdaFunction) => LambdaFunction = (fn) => fn,
): Promise<ItemsApi> {
  const { stacks } = await loadModel(outputFolder());
  const functions = stacks.find(({ id }) => id === 'items-api')!.functions.map(change);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local', sessionToken: 'local' };
  const lambda = createLambda({
    functions,
    databaseEndpoint,
    credentialsFor: () => credentials,
    log: () => undefined,
  });

  function invoke(functionName: string, request: Request = {}): Promise<InvocationResult> {
    const { arn } = functions.find(({ name }) => name === functionName)!;
    const payload = JSON.stringify(eventOf(METHODS[functionName]!, request));
    return lambda.invoke({ functionArn: arn, payload });
  }

  async function call(functionName: string, request: Request): Promise<Answer> {
    const result = await invoke(functionName, request);
    if (result.outcome !== 'success') throw new Error(JSON.stringify(result));
    const { statusCode, headers, body } = JSON.parse(result.payload) as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    return { status: statusCode, headers, body: body === '' ? undefined : (JSON.parse(body) as unknown) };
  }

  return {
    invoke,
    create: (body, headers) => call('CreateItemFunction', { body, headers }),
    list: (query) => call('ListItemsFunction', { query }),
    get: (id, headers) => call('GetItemFunction', { id, headers }),
    update: (id, body, headers) => call('UpdateItemFunction', { id, body, headers }),
    remove: (id, headers) => call('DeleteItemFunction', { id, headers }),
    close: () => lambda.close(),
  };
}

function eventOf(method: string, { id, query, headers, body }: Request): APIGatewayProxyEventV2 {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    ...httpEvent({
      method,
      path: id === undefined ? '/items' : `/items/${encodeURIComponent(id)}`,
      ...(id !== undefined && { pathParameters: { id } }),
      headers: { ...(text !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      body: text,
    }),
    ...(query && { queryStringParameters: query }),
  };
}
