import {
  byEveryArn,
  parseFunctionArn,
  versionNumber,
} from '../../../../packages/terraform-offline/lambda/version';
import { fixtureFunction } from '../../../support/lambda';

const permission = { action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' };
const onLive = { ...permission, sourceArn: 'arn:*', qualifier: 'live' };
const onFunction = { ...permission, sourceArn: 'arn:*' };
const fn = fixtureFunction('index.echo', {
  qualifiers: { 1: '1', live: '1' },
  permissions: [onLive, onFunction],
});

it('gives every ARN its version and its own permissions, and none of another', () => {
  const known = byEveryArn(fn).map(({ arn, permissions }) => {
    const suffix = arn.slice(fn.arn.length);
    return [suffix, versionNumber(fn, parseFunctionArn(arn).qualifier), permissions];
  });
  expect(known).toEqual(
    expect.arrayContaining([
      ['', '$LATEST', [onFunction]],
      [':$LATEST', '$LATEST', []],
      [':1', '1', []],
      [':live', '1', [onLive]],
    ]),
  );
  expect(known).toHaveLength(4);
});
