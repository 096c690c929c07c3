import { execFileSync } from 'node:child_process';
import { commandsFor } from '../../../../../packages/terraform-offline/console/requests/commands';
import type { RequestDetail } from '../../../../../packages/terraform-offline/console/requests/record';

const ORIGIN = 'http://127.0.0.1:3000';

const detail = (
  settings: Partial<RequestDetail>,
  request: Partial<RequestDetail['request']> = {},
): RequestDetail => ({
  key: 1,
  id: 'r1',
  at: 0,
  source: 'request',
  method: 'POST',
  path: '/data-api/prod/data',
  functions: [],
  status: 200,
  failure: undefined,
  milliseconds: 1,
  request: { headers: [], body: '', isBase64: false, cut: 0, ...request },
  answer: undefined,
  notices: [],
  decisions: [],
  invocations: [],
  ...settings,
});

/** The arguments that curl gets from a shell, and its standard input. */
function ran(one: RequestDetail, variables: Record<string, string> = {}) {
  const { line = '' } = commandsFor(one, ORIGIN).curl ?? {};
  const script = `curl() { for a in "$@"; do printf '%s\\0' "$a"; done; case "$*" in *@-*) cat;; esac; }; ${line}`;
  const env = { PATH: process.env.PATH, ...variables };
  return execFileSync('/bin/sh', ['-c', script], { env }).toString('latin1').split('\0');
}

describe('a request as curl', () => {
  it('is quoted for any shell', () => {
    const body = `it's {"a": "$HOME \`id\` \\"} \n !x`;
    const headers = [
      ['Content-Type', 'application/json'],
      ['X-Quote', `a'b "c" $d`],
      ['X-Empty', ''],
    ] as const;
    expect(ran(detail({ path: "/a b?c='d'&e=[1]" }, { headers, body }))).toEqual([
      '-X',
      'POST',
      '--globoff',
      `${ORIGIN}/a b?c='d'&e=[1]`,
      '-H',
      'Content-Type: application/json',
      '-H',
      `X-Quote: a'b "c" $d`,
      '-H',
      'X-Empty;',
      '--data-raw',
      body,
      '',
    ]);
  });

  it('takes hidden credentials from variables, and names them', () => {
    const one = detail(
      { path: '/a?x=1&X-Amz-Signature=(hidden)&y=2' },
      { headers: [['x-api-key', '(hidden)']], body: '{}' },
    );
    expect(commandsFor(one, ORIGIN).curl?.variables).toEqual(['X_AMZ_SIGNATURE', 'X_API_KEY']);
    expect(ran(one, { X_AMZ_SIGNATURE: "si'g", X_API_KEY: 'the key' })).toEqual([
      '-X',
      'POST',
      `${ORIGIN}/a?x=1&X-Amz-Signature=si'g&y=2`,
      '-H',
      'x-api-key: the key',
      '-H',
      'Content-Type:',
      '--data-raw',
      '{}',
      '',
    ]);
  });

  it('sends a body that is no text as it was', () => {
    const body = Buffer.from([0xff, 0, 1]).toString('base64');
    expect(ran(detail({}, { body, isBase64: true })).slice(-3)).toEqual(['@-', '\u00ff', '\u0001']);
    expect(commandsFor(detail({}, { body, isBase64: true }), ORIGIN).curl?.line).toMatch(
      /^echo \/wAB \| base64 -d \| curl /,
    );
  });

  it('leaves to curl what is its own, and keeps a custom domain', () => {
    const headers = [
      ['Host', 'api.example.com'],
      ['Connection', 'keep-alive'],
      ['Content-Length', '3'],
      ['Sec-Fetch-Site', 'same-origin'],
    ] as const;
    expect(commandsFor(detail({ method: 'GET' }, { headers }), ORIGIN).curl?.line).toBe(
      `curl ${ORIGIN}/data-api/prod/data -H 'Host: api.example.com'`,
    );
    expect(
      commandsFor(detail({ method: 'GET' }, { headers: [['Host', 'localhost:3000']] }), ORIGIN).curl?.line,
    ).toBe(`curl ${ORIGIN}/data-api/prod/data`);
    expect(commandsFor(detail({ method: 'HEAD', path: '/a/../b' }), ORIGIN).curl?.line).toBe(
      `curl --head --path-as-is ${ORIGIN}/a/../b`,
    );
  });

  it('is none of an event', () => {
    expect(commandsFor({ ...detail({}), request: undefined }, ORIGIN).curl).toBeUndefined();
  });
});
