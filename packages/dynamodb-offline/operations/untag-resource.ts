import { validation } from '../errors';
import { operation } from '../operation';
import { missingMember, taggedTable } from '../tables/arns';
import { removeTags } from '../tables/tags';
import { list, string, structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(
  structure('UntagResourceInput', { ResourceArn: string(), TagKeys: list(string()) }),
  async ({ tables, define }, { ResourceArn, TagKeys }) => {
    await define((writes) => {
      const find = taggedTable(tables, ResourceArn, 'Requested resource not found');
      if (!TagKeys) throw missingMember('tagKeys');
      if (TagKeys.length === 0) throw validation('Atleast one Tag Key needs to be provided as Input.');
      const { definition } = find();
      writes.define({ ...definition, tags: removeTags(definition.tags, TagKeys) });
    });
    return {};
  },
);
