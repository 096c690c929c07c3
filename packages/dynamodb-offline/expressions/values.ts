/** The types of values, as `attribute_type` names them. */
export type DataType = 'S' | 'N' | 'B' | 'SS' | 'NS' | 'BS' | 'M' | 'L' | 'BOOL' | 'NULL';

/**
 * What the parser has to know to refuse the names and the operands that DynamoDB refuses before it reads an item. Where it
 * is left out, neither reserved words nor the values behind `:placeholders` are looked at.
 */
export interface ValueRules<Value> {
  readonly isReserved: (name: string) => boolean;
  typeOf(value: Value): DataType;
  /** The text of a value of type S. */
  textOf(value: Value): string;
  /** Whether the second of two values of one type, which has an order, is not below the first. */
  isAscending(lower: Value, upper: Value): boolean;
  /** As DynamoDB writes a value in its messages, such as `{S:abc}`. */
  describe(value: Value): string;
}
