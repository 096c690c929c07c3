import { ExpressionError, parseUpdate, Placeholders, type UpdateAction } from 'dynamodb-offline/expressions';

/** An action of an update; a `:value` stands there by its name. */
export type Action = UpdateAction<string>;

interface UpdateParameters {
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * What an update does, action by action, with names resolved; in a string why DynamoDB would refuse it. Types of values
 * are left to DynamoDB.
 */
export function updateActions(parameters: UpdateParameters): readonly Action[] | string {
  const { UpdateExpression, ExpressionAttributeNames, ExpressionAttributeValues = {} } = parameters;
  if (UpdateExpression === undefined) return [];
  const names = Object.keys(ExpressionAttributeValues).map((name) => [name, name] as const);
  try {
    const placeholders = new Placeholders({
      ExpressionAttributeNames,
      ExpressionAttributeValues: Object.fromEntries(names),
    });
    return parseUpdate(UpdateExpression, placeholders);
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}
