import { forwardingHeaders } from '../forwarding-headers';
import type { Header } from '../headers';
import type { HttpCall } from './http-call';

/** Headers of the connection, which ends at the gateway. */
const DROPPED = ['connection', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** The request's headers with what the gateway adds; a chunked body has a length by now. */
export function eventHeaders(call: HttpCall): Header[] {
  const { request, headers } = call;
  const added: Header[] = [['Content-Length', String(request.body.length)], ...forwardingHeaders(call)];
  const left = new Set([...DROPPED, ...added.map(([name]) => name.toLowerCase())]);
  return [...headers.filter(([name]) => !left.has(name.toLowerCase())), ...added];
}
