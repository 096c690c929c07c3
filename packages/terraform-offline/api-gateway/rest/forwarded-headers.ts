import { forwardingHeaders } from '../forwarding-headers';
import type { Header } from '../headers';
import { multiMap, type MultiMap } from '../multi-map';
import type { RestCall } from './rest-call';

/**
 * Headers that end at the gateway, as captured from AWS.
 * https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json
 */
const DROPPED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);

/** Names API Gateway writes its own way; all others keep the client's case, and differ by it. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['authorization', 'Authorization'],
  ['host', 'Host'],
  ['user-agent', 'User-Agent'],
]);

/** The headers that events and templates see: the client's, less the connection's, with what the gateway adds. */
export function forwardedHeaders(call: RestCall): MultiMap {
  const added = forwardingHeaders(call);
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  const kept: Header[] = [];
  for (const [name, value] of call.headers) {
    const key = name.toLowerCase();
    if (!DROPPED.has(key) && !replaced.has(key)) kept.push([RENAMED.get(key) ?? name, value]);
  }
  return multiMap([...kept, ...added]);
}
