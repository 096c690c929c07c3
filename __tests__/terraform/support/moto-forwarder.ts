import { createServer, type Server } from 'node:http';
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

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const { method = 'GET', url: path = '/' } = incoming;
      const body = Buffer.concat(await incoming.toArray());
      const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      );
      const forward = async (request: Request, payload: Buffer): Promise<Response> =>
        fetch(moto + request.path, {
          method: request.method,
          headers: headers.filter(([name]) => !HOP_BY_HOP.has(name)),
          ...(payload.length > 0 && { body: new Uint8Array(payload) }),
        });
      const ask = async (request: Request): Promise<Answer> => {
        const answered = await forward(request, Buffer.from(request.body));
        return { status: answered.status, body: await answered.text() };
      };
      const request = { method, path, body: body.toString() };
      for (const gap of gaps) {
        const own = await gap.answer?.(request, ask);
        if (own) return outgoing.writeHead(own.status, { 'content-type': 'application/json' }).end(own.body);
      }
      const answered = await forward(request, body);
      const received = Buffer.from(await answered.arrayBuffer());
      const whole = gaps.reduce<Answer>((answer, gap) => gap.complete?.(request, answer) ?? answer, {
        status: answered.status,
        body: received.toString(),
      });
      const kept = [...answered.headers].filter(([name]) => !HOP_BY_HOP.has(name));
      // What no gap touched is passed on as bytes: it may be no text.
      const payload = whole.body === received.toString() ? received : Buffer.from(whole.body);
      return outgoing.writeHead(whole.status, Object.fromEntries(kept)).end(payload);
    })().catch((error: unknown) => outgoing.writeHead(502).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Of the connection, not of the message. */
const HOP_BY_HOP = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
]);
