import { validation } from '../errors';
import { operation } from '../operation';
import { taggedTable } from '../tables/arns';
import { removeTags } from '../tables/tags';
import { list, required, string, structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(
  structure('UntagResourceInput', { ResourceArn: string(), TagKeys: required(list(string())) }),
  async ({ tables, define }, { ResourceArn, TagKeys }) => {
    await define((writes) => {
      const find = taggedTable(tables, ResourceArn);
      if (TagKeys.length === 0) throw validation('Atleast one Tag Key needs to be provided as Input.');
      const { definition } = find();
      writes.define({ ...definition, tags: removeTags(definition.tags, TagKeys) });
    });
    return {};
  },
);
