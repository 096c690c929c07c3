import { answerHttp, type Call } from './answer';
import { requiredAccess, type Authorize } from './authorization';
import type { Caller } from './caller';
import { openDatabase, type DatabaseOptions } from './database';
import { coral } from './errors';
import { operations } from './operations';
import { listen } from './server';

export { type Access, type Authorize, requiredAccess } from './authorization';
export type { AttributeValue, Item } from './attribute-value';
export { type Caller, callerOf } from './caller';
export type { ConditionKeys, Schemas } from './condition-keys';
export { DynamoDBError, coral } from './errors';
export { keySchemaOf } from './tables/key-schema';
export { DataFolderError } from './storage/data-folder-error';

export interface Options extends DatabaseOptions {
  /** Any that is free unless given. */
  readonly port?: number;
  /** `127.0.0.1` unless given. */
  readonly host?: string;
  /** Asked before every operation; all may do everything unless given. */
  readonly authorize?: Authorize;
  /** Told of a table that a client has deleted. */
  readonly onTableDeleted?: (name: string) => void;
  /** Told of every operation that a client has called, once it is answered. */
  readonly onAnswered?: (call: AnsweredCall) => void;
}

export interface AnsweredCall {
  /** `PutItem` */
  readonly operation: string;
  /** Its parameters, as JSON that is not known to be valid. */
  readonly request: unknown;
  readonly caller: Caller;
  readonly milliseconds: number;
  /** What was answered instead; undefined when the operation was done. */
  readonly error: unknown;
}

export interface DynamoDBOffline {
  /** `http://127.0.0.1:8000` */
  readonly endpoint: string;
  /**
   * Runs an operation within this process, without asking `authorize`.
   * @param name `CreateTable`
   * @param request its parameters, as JSON: binary is base64
   * @throws DynamoDBError
   */
  readonly call: (name: string, request: object) => Promise<object>;
  /** Ends the server at once, and closes the store when the writes under way are done. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a DynamoDB.
 * @throws when the folder or the port cannot be had, saying why
 */
export async function start(options: Options = {}): Promise<DynamoDBOffline> {
  let address = '';
  const { context, close } = await openDatabase({ ...options, address: () => address });
  const { authorize, onTableDeleted, onAnswered } = options;

  const call: Call = (target, json, caller) => {
    const operation = operations.get(target);
    if (!operation) return undefined;
    const name = target.slice(target.indexOf('.') + 1);
    return (async () => {
      const from = caller();
      const startedAt = performance.now();
      let error: unknown;
      try {
        const refused = authorize?.(from, requiredAccess(name, json, context), name);
        if (refused) throw refused;
        const answer = await operation(context, json);
        if (onTableDeleted && 'TableDescription' in answer && name === 'DeleteTable') {
          onTableDeleted((answer.TableDescription as { readonly TableName: string }).TableName);
        }
        return answer;
      } catch (thrown) {
        error = thrown;
        throw thrown;
      } finally {
        const milliseconds = performance.now() - startedAt;
        onAnswered?.({ operation: name, request: json, caller: from, milliseconds, error });
      }
    })();
  };

  try {
    const server = await listen(options.host ?? '127.0.0.1', options.port ?? 0, (request) =>
      answerHttp(request, call),
    );
    address = new URL(server.endpoint).host;
    return {
      endpoint: server.endpoint,
      async call(name, request) {
        const operation =
          operations.get(`DynamoDB_20120810.${name}`) ?? operations.get(`DynamoDBStreams_20120810.${name}`);
        if (!operation) throw coral('UnknownOperationException', {});
        // Operations may change what they are given.
        return operation(context, structuredClone(request));
      },
      async stop() {
        await server.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
