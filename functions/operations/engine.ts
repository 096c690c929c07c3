import { returnable } from '../shared/http/answer-size';
import type { TakesText } from '../shared/http/inexact-numbers';
import { Problem } from '../shared/http/problem';
import { shortened } from '../shared/http/violations';
import type { TableActions } from './actions';
import { operationTakesText, readEnvelope, readParameters, type Envelope } from './envelope';
import { operationSchemas, type TableOperation } from './parameters';
import { explained } from './refusal';
import { tableNamed, type Tables } from './tables';

/** Takes an envelope, whoever parsed it, and resolves to what the operation answers. */
export type Engine = (event: unknown) => Promise<unknown>;

/**
 * Carries out the operation that an envelope names, on one of these tables and no other.
 *
 * @param takesText where numbers can be sent as strings. Default: as attributes.
 * @throws {Problem} saying what was wrong with the envelope, or what DynamoDB said
 */
export function createEngine(
  actions: TableActions,
  tables: Tables,
  takesText: TakesText = operationTakesText,
): Engine {
  const onTable = async <O extends TableOperation>(operation: O, envelope: Envelope, tableName: string) =>
    actions[operation]({ tableName, parameters: readParameters(operation, envelope) });

  const operations = new Map<string, (envelope: Envelope, tableName: string) => unknown>([
    ...(Object.keys(operationSchemas) as TableOperation[]).map(
      (operation) => [operation, onTable.bind(undefined, operation)] as const,
    ),
    ['echo', ({ payload = null }) => echoed(payload)],
    ['ping', () => 'pong'],
  ]);

  return async (event) => {
    const envelope = readEnvelope(event, takesText);
    const operation = operations.get(envelope.operation);
    if (!operation) throw unknownOperation(envelope.operation, [...operations.keys()]);
    const tableName = tableNamed(tables, envelope.tableName);
    try {
      return returnable(await operation(envelope, tableName));
    } catch (error) {
      throw explained(error);
    }
  };
}

/** Whether API Gateway reads `errorMessage` in a result that is no failure is not documented: it might choose the status. */
function echoed(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null || !('errorMessage' in payload)) return payload;
  const message = 'is a member that echo does not take: the gateway might read it as a failure';
  throw new Problem('invalid-request', `payload.errorMessage ${message}.`, {
    errors: [{ path: 'payload.errorMessage', message }],
  });
}

function unknownOperation(received: string, known: readonly string[]): Problem {
  const message = `is ${JSON.stringify(shortened(received))}; the operations are ${known.join(', ')}`;
  return new Problem('invalid-request', `operation ${message}.`, {
    errors: [{ path: 'operation', message }],
  });
}
