import { isForeignOrigin } from '../server/access-control';
import { headerPairs, headerValue } from '../server/message';
import { FIRE } from '../server/paths';
import type { Gateway, HttpResponse } from '../server/request';
import type { Schedules } from './schedules';

/** `POST /_explorer/fire/NAME`: fires a rule or schedule by hand, for the page and `terraform-offline fire`. */
export function fireApi({ fire, names }: Pick<Schedules, 'fire' | 'names'>): Gateway {
  return ({ method, rawPath, rawHeaders }) => Promise.resolve(answer(method, rawPath, rawHeaders));

  function answer(method: string, rawPath: string, rawHeaders: readonly string[]): HttpResponse {
    if (method !== 'POST') return text(405, 'Fire it with POST.');
    const headers = headerPairs(rawHeaders);
    if (isForeignOrigin(headerValue(headers, 'origin'), headerValue(headers, 'host'))) {
      return text(403, 'Only the page of this server fires something here.');
    }
    const name = decode(rawPath.slice(FIRE.length));
    const [first, ...others] = fire(name);
    if (!first) {
      const there = names().join(', ');
      return text(404, `There is no schedule ${name} that is served; there are: ${there || 'none'}`);
    }
    if (others.length > 0) {
      const addresses = [first, ...others].map(({ address }) => address);
      return text(409, `${name} is the name of several: name one by its address: ${addresses.join(', ')}`);
    }
    const functions = first.targets.map(({ functionArn }) => functionArn);
    return text(202, `${first.address} is fired: ${functions.join(', ')}`);
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function text(status: number, message: string): HttpResponse {
  return { status, headers: [['Content-Type', 'text/plain; charset=utf-8']], body: `${message}\n` };
}
