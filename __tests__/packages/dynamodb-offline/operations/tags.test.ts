import { useDatabase } from '../database';
import { invalid, simple } from '../table-shapes';

const db = useDatabase();
describe('tags', () => {
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Tagged';
  const tagsOf = async () => (await db.ok('ListTagsOfResource', { ResourceArn: arn })).Tags;

  it('are added, replaced and removed', async () => {
    await db.ok('CreateTable', { ...simple('Tagged'), Tags: [{ Key: 'a', Value: '1' }] });
    await db.ok('TagResource', {
      ResourceArn: arn,
      Tags: [
        { Key: 'a', Value: '2' },
        { Key: 'b', Value: '' },
      ],
    });
    expect(await tagsOf()).toEqual([
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ]);
    await db.ok('UntagResource', { ResourceArn: arn, TagKeys: ['a', 'absent'] });
    expect(await tagsOf()).toEqual([{ Key: 'b', Value: '' }]);
  });

  it.each<[string, object, string]>([
    [
      'TagResource',
      { ResourceArn: arn, Tags: [] },
      'ValidationException: Atleast one Tag needs to be provided as Input.',
    ],
    [
      'TagResource',
      { ResourceArn: arn, Tags: [{}] },
      'ValidationException: The Tag Key provided is invalid, Key: null',
    ],
    [
      'TagResource',
      { ResourceArn: arn, Tags: [{ Key: 'a' }] },
      'ValidationException: The Tag Value provided is invalid, Value: null',
    ],
    [
      'TagResource',
      { ResourceArn: arn, Tags: [{ Key: 'aws:a', Value: '' }] },
      'ValidationException: Tag Key cannot be prefixed with aws:, Key: aws:a',
    ],
    [
      'TagResource',
      { ResourceArn: arn, Tags: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' })) },
      'ValidationException: Number of Tags exceed the current limit for the provided ResourceArn',
    ],
    ['TagResource', { ResourceArn: 'abc', Tags: [] }, invalid("ARNs must start with 'arn:': abc")],
    [
      'UntagResource',
      { ResourceArn: arn, TagKeys: [] },
      'ValidationException: Atleast one Tag Key needs to be provided as Input.',
    ],
    [
      'ListTagsOfResource',
      { ResourceArn: arn.replace('Tagged', 'Absent') },
      'ResourceNotFoundException: Requested resource not found: ResourcArn: arn:aws:dynamodb:us-east-1:000000000000:table/Absent not found',
    ],
  ])('%s refuses %j', async (operation, request, message) => {
    expect(await db.refusal(operation, request)).toBe(message);
  });
});
