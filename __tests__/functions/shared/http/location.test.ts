import { location } from '../../../../functions/shared/http/location';

// What a client makes of a relative reference: https://www.rfc-editor.org/rfc/rfc3986#section-5.4
test.each([
  ['locally', '/prod/data', 'http://127.0.0.1:3000/data-api/prod/data', '/data-api/prod/data/1'],
  ['on the stage', '/prod/data', 'https://id.execute-api.us-east-1.amazonaws.com/prod/data', '/prod/data/1'],
  ['behind a mapping', '/prod/data', 'https://api.example.com/v1/data', '/v1/data/1'],
  ['behind a domain without one', '/data', 'https://api.example.com/data', '/data/1'],
  ['after a slash', '/prod/data/', 'https://api.example.com/v1/data/', '/v1/data/1'],
])('the Location leads to what was created: %s', (_, path, requested, expected) => {
  expect(new URL(location(path, '1'), requested).pathname).toBe(expected);
});
