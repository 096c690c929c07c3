import * as z from 'zod/mini';

const attributes = z.record(z.string(), z.unknown());
const names = z.record(z.string(), z.string());
const flag = z.boolean();
const limit = z._default(z.int().check(z.minimum(1), z.maximum(100)), 25);
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const expression = z.string().check(z.maxLength(4096));

/** More than the expressions of a request, of 4 KB each, have room to use. */
const MAX_PLACEHOLDERS = 3000;
const placeholders = z.refine<object>(
  (record) => Object.keys(record).length <= MAX_PLACEHOLDERS,
  `holds more than ${MAX_PLACEHOLDERS} placeholders`,
);

const substitutions = {
  ExpressionAttributeNames: z.optional(names.check(placeholders)),
  ExpressionAttributeValues: z.optional(attributes.check(placeholders)),
};
const condition = { ConditionExpression: z.optional(expression), ...substitutions };
const page = {
  FilterExpression: z.optional(expression),
  ProjectionExpression: z.optional(expression),
  ...substitutions,
  Limit: limit,
  ExclusiveStartKey: z.optional(attributes),
  ConsistentRead: z.optional(flag),
};
const oldValues = z.optional(z.enum(['NONE', 'ALL_OLD']));

/** The envelope with these parameters, so that a violation's path begins where the caller's text does. */
const taking = <Shape extends z.core.$ZodShape>(shape: Shape) => z.object({ payload: z.strictObject(shape) });

/**
 * The members of DynamoDB's parameters that each operation takes, under their AWS names and with plain JSON values.
 * Whatever is not here is refused by name.
 */
export const operationSchemas = {
  create: taking({ Item: attributes, ...condition, ReturnValues: oldValues }),
  read: taking({
    Key: attributes,
    ProjectionExpression: z.optional(expression),
    ExpressionAttributeNames: substitutions.ExpressionAttributeNames,
    ConsistentRead: z.optional(flag),
  }),
  update: taking({
    Key: attributes,
    UpdateExpression: z.optional(expression),
    ...condition,
    ReturnValues: z.optional(z.enum(['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'])),
  }),
  delete: taking({ Key: attributes, ...condition, ReturnValues: oldValues }),
  list: taking(page),
  query: taking({
    KeyConditionExpression: expression,
    ...page,
    ScanIndexForward: z.optional(flag),
  }),
};

export type TableOperation = keyof typeof operationSchemas;

/** What the caller gave an operation, checked. */
export type Parameters<O extends TableOperation> = z.output<(typeof operationSchemas)[O]>['payload'];
