import type { Policy } from '../../iam/policy';

export interface Table {
  readonly name: string;
  readonly arn: string;
  /** Members of DynamoDB's CreateTable, in the AWS form. */
  readonly keySchema: KeySchema;
  readonly attributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: 'S' | 'N' | 'B';
  }[];
  /** Default: none. */
  readonly globalSecondaryIndexes?: readonly SecondaryIndex[];
  /** Default: none. */
  readonly localSecondaryIndexes?: readonly SecondaryIndex[];
  /** The attribute that says when an item expires. Default: items do not. */
  readonly timeToLiveAttribute?: string;
  /** What its stream holds. Default: it has none. */
  readonly streamViewType?: StreamViewType;
  /** Its own policies and its stream's, by ARN. Default: there are none. */
  readonly resourcePolicies?: Readonly<Record<string, Policy>>;
  /** What it is made with. Default: it is empty. */
  readonly items?: readonly TableItem[];
}

export interface TableItem {
  /** `main.tf: aws_dynamodb_table_item.first` */
  readonly address: string;
  /** In DynamoDB's JSON: `{"id": {"S": "1"}}`. */
  readonly item: object;
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];

export interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}
