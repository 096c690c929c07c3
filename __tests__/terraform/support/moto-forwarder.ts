import { once } from 'node:events';
import http, { type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { domainNames } from './moto-gaps/domain-names';
import { httpStageUpdates } from './moto-gaps/http-stage-updates';
import { functionSettings } from './moto-gaps/function-settings';
import type { Answer, Gap, Request } from './moto-gaps/gap';
import { onDemandThroughput } from './moto-gaps/on-demand-throughput';
import { restUpdates } from './moto-gaps/rest-updates';
import { tags } from './moto-gaps/tags';

/** A server before moto that makes up for what it lacks. */
export async function startForwarder(moto: string): Promise<{ server: Server; endpoint: string }> {
  const gaps: readonly Gap[] = [
    restUpdates(),
    httpStageUpdates(),
    tags(),
    functionSettings(),
    onDemandThroughput(),
    domainNames(),
  ];

  const server = http.createServer((incoming, outgoing) => {
    void (async () => {
      const { method = 'GET', url: path = '/' } = incoming;
      const body = Buffer.concat(await incoming.toArray());
      const headers = endToEnd(incoming);
      const forward = async (request: Request, payload: Buffer): Promise<Forwarded> => {
        const length = payload.length > 0 && { 'content-length': payload.length };
        const asked = http.request(moto + request.path, {
          method: request.method,
          headers: { ...headers, ...length },
        });
        const [answered] = (await once(asked.end(payload), 'response')) as [IncomingMessage];
        const received = Buffer.concat(await answered.toArray());
        return { status: answered.statusCode!, headers: endToEnd(answered), received };
      };
      const ask = async (request: Request): Promise<Answer> => {
        const { status, received } = await forward(request, Buffer.from(request.body));
        return { status, body: received.toString() };
      };
      const request = { method, path, body: body.toString() };
      for (const gap of gaps) {
        const own = await gap.answer?.(request, ask);
        if (own) return outgoing.writeHead(own.status, { 'content-type': 'application/json' }).end(own.body);
      }
      const answered = await forward(request, body);
      const text = answered.received.toString();
      const whole = gaps.reduce<Answer>((answer, gap) => gap.complete?.(request, answer) ?? answer, {
        status: answered.status,
        body: text,
      });
      // What no gap touched is passed on as bytes: it may be no text.
      const payload = whole.body === text ? answered.received : Buffer.from(whole.body);
      return outgoing.writeHead(whole.status, answered.headers).end(payload);
    })().catch((error: unknown) => outgoing.writeHead(502).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

interface Forwarded {
  readonly status: number;
  readonly headers: NodeJS.Dict<string[]>;
  readonly received: Buffer;
}

function endToEnd({ headersDistinct }: IncomingMessage): NodeJS.Dict<string[]> {
  return Object.fromEntries(Object.entries(headersDistinct).filter(([name]) => !HOP_BY_HOP.has(name)));
}

/** Of the connection, not of the message. */
const HOP_BY_HOP = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
]);
