import { validation } from '../errors';
import { operation } from '../operation';
import { missingMember, taggedTable } from '../tables/arns';
import { tags } from '../tables/request-shapes';
import { addTags } from '../tables/tags';
import { string, structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html */
export const tagResource = operation(
  structure('TagResourceInput', { ResourceArn: string(), Tags: tags }),
  async ({ tables, define }, { ResourceArn, Tags }) => {
    await define((writes) => {
      const find = taggedTable(tables, ResourceArn);
      if (!Tags) throw missingMember('tags');
      if (Tags.length === 0) throw validation('Atleast one Tag needs to be provided as Input.');
      const { definition } = find();
      writes.define({ ...definition, tags: addTags(definition.tags, Tags) });
    });
    return {};
  },
);
