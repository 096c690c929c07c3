import { operation } from '../operation';
import { taggedTable } from '../tables/arns';
import { string, structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html */
export const listTagsOfResource = operation(
  structure('ListTagsOfResourceInput', { ResourceArn: string(), NextToken: string() }),
  ({ tables }, { ResourceArn }) => {
    const { definition } = taggedTable(tables, ResourceArn)();
    return { Tags: Object.entries(definition.tags).map(([Key, Value]) => ({ Key, Value })) };
  },
);
