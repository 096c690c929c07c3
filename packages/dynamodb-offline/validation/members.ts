import { attributeValue, boolean, list, map, oneOf, required, string, structure } from './shape';

// Members that several operations have, with the order in which DynamoDB prints the values of each enumeration.

/**
 * The name or the ARN of a table: its length may be 1 to 1,024.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html#DDB-GetItem-request-TableName
 */
export const tableName = string({ min: 1, max: 1024 });

export const indexName = string({ pattern: '[a-zA-Z0-9_.-]+', min: 3, max: 255 });
export const itemAttributes = map(attributeValue);
export const returnConsumedCapacity = oneOf('INDEXES', 'TOTAL', 'NONE');
export const returnItemCollectionMetrics = oneOf('SIZE', 'NONE');
export const returnValues = oneOf('ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW');
export const returnValuesOnConditionCheckFailure = oneOf('ALL_OLD', 'NONE');
export const conditionalOperator = oneOf('OR', 'AND');
export const select = oneOf('SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES');
export const expressionAttributeNames = map(string());
export const expressionAttributeValues = map(attributeValue);
export const attributesToGet = list(string({ max: 65535 }), { min: 1 });

export const comparisonOperator = oneOf(
  'IN',
  'NULL',
  'BETWEEN',
  'LT',
  'NOT_CONTAINS',
  'EQ',
  'GT',
  'NOT_NULL',
  'NE',
  'LE',
  'BEGINS_WITH',
  'GE',
  'CONTAINS',
);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExpectedAttributeValue.html */
export const expected = map(
  structure('ExpectedAttributeValue', {
    AttributeValueList: list(attributeValue),
    ComparisonOperator: comparisonOperator,
    Exists: boolean,
    Value: attributeValue,
  }),
);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Condition.html */
export const conditions = map(
  structure('Condition', {
    AttributeValueList: list(attributeValue),
    ComparisonOperator: required(comparisonOperator),
  }),
);
