import { byEveryArn } from '../../../../packages/terraform-offline/lambda/qualifiers';
import { fixtureFunction } from '../../../support/lambda';

const permission = { action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' };
const onLive = { ...permission, sourceArn: 'arn:*', qualifier: 'live' };
const onFunction = { ...permission, sourceArn: 'arn:*' };
const fn = fixtureFunction('index.echo', {
  versions: { 1: '1', live: '1' },
  permissions: [onLive, onFunction],
});

it('gives every ARN its version and its own permissions, and none of another', () => {
  const known = byEveryArn(fn).map(({ arn, version, permissions }) => [
    arn.slice(fn.arn.length),
    version,
    permissions,
  ]);
  expect(known).toEqual(
    expect.arrayContaining([
      ['', undefined, [onFunction]],
      [':$LATEST', '$LATEST', []],
      [':1', '1', []],
      [':live', '1', [onLive]],
    ]),
  );
  expect(known).toHaveLength(4);
});
