import { OPERATOR, credentialsFor } from '../../../../packages/terraform-offline/iam/credentials';

const role = { arn: 'arn:aws:iam::000000000000:role/reader' };

it('gives temporary credentials in the form AWS has them', () => {
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(role);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  expect(accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect(sessionToken).not.toBe('');
});

it('gives a role the same credentials at every start', () => {
  expect(credentialsFor({ ...role })).toEqual(credentialsFor(role));
});

it('gives no two roles the same, nor any the operator’s', () => {
  const other = credentialsFor({ arn: `${role.arn}2` });
  const keys = [credentialsFor(role), other, OPERATOR].map(({ accessKeyId }) => accessKeyId);
  expect(new Set(keys).size).toBe(3);
});
