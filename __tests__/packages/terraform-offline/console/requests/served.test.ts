import type {
  RequestDetail,
  RequestSummary,
} from '../../../../../packages/terraform-offline/console/requests/record';
import { send } from '../../../../support/http';
import { type ServedProject, serveProject } from '../../../../support/served-project';

let project: ServedProject;
afterEach(() => project.close());

const json = async <T>(path: string) => (await (await fetch(`${project.url}/_explorer/${path}`)).json()) as T;
const list = async () => (await json<{ requests: RequestSummary[] }>('requests.json')).requests;

it('tells what an authorizer was asked, but not by whom', async () => {
  project = await serveProject('http-jwt-authorizers');
  const url = `${project.url}/http-jwt-authorizers/door?token=mellon`;
  const answered = await fetch(url, { headers: { 'X-Password': 'mellon', Cookie: 'door=mellon' } });
  expect(answered.status).toBe(200);

  const [summary] = await list();
  const detail = await json<RequestDetail>(`requests/${summary!.key}.json`);
  expect(JSON.stringify([summary, detail])).not.toContain('mellon');
  expect(detail).toMatchObject({ id: answered.headers.get('apigw-requestid'), method: 'GET', status: 200 });
  // The authorizer's function, and then the route's.
  const [authorizer, route] = detail.invocations;
  expect(detail.invocations).toHaveLength(2);
  expect(JSON.parse(authorizer!.event.text)).toMatchObject({
    type: 'REQUEST',
    identitySource: ['(hidden)'],
    cookies: ['(hidden)'],
    rawQueryString: 'token=(hidden)',
    headers: { 'x-password': '(hidden)' },
    queryStringParameters: { token: '(hidden)' },
  });
  expect(authorizer!.result.text).toContain('"isAuthorized":true');
  expect(JSON.parse(route!.event.text)).toMatchObject({
    requestContext: { authorizer: { lambda: { asked: 1 } } },
  });
});

it('keeps an event that nobody waits for apart from the request that sent it', async () => {
  project = await serveProject('reports');
  const invoked = await fetch(`${project.url}/2015-03-31/functions/report/invocations`, {
    method: 'POST',
    headers: { 'X-Amz-Invocation-Type': 'Event', 'X-Amz-Security-Token': 'a-session-token' },
    body: '{"month":1}',
  });
  expect(invoked.status).toBe(202);
  await project.until(() => project.entries.some(({ type }) => type === 'platform.report'));

  const [event, request] = await list();
  const id = invoked.headers.get('x-amzn-requestid');
  expect([event, request]).toMatchObject([
    { id, source: 'asynchronous', functions: ['report'], method: 'asynchronous' },
    { id, source: 'request', functions: [], status: 202, method: 'POST' },
  ]);
  const detail = await json<RequestDetail>(`requests/${event!.key}.json`);
  expect(detail.invocations).toMatchObject([
    { event: { text: '{"month":1}' }, outcome: 'success', requestId: id },
  ]);
  expect(detail.invocations[0]!.lines.join()).toContain('{"month":1}');
  const sent = await json<RequestDetail>(`requests/${request!.key}.json`);
  expect(JSON.stringify(sent)).not.toContain('a-session-token');
});

it('says by which path a page reaches what came to a custom domain', async () => {
  project = await serveProject('custom-domains');
  const atDomain = await send(project.url, '/orders/items', { headers: { Host: 'api.example.com' } });
  const [{ key }] = (await list()) as [RequestSummary];
  const detail = await json<RequestDetail & { domainPath: string; commands: { curl: { line: string } } }>(
    `requests/${key}.json`,
  );
  expect(detail.path).toBe('/orders/items');
  expect(detail.commands.curl.line).toContain("-H 'Host: api.example.com'");
  const byPath = await fetch(`${project.url}${detail.domainPath}${detail.path}`);
  expect([atDomain.status, byPath.status]).toEqual([200, 200]);
});

it('has nothing for a number that is not kept', async () => {
  project = await serveProject('reports');
  expect((await fetch(`${project.url}/_explorer/requests/1.json`)).status).toBe(404);
});
