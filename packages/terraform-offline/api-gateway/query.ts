import { multiMap, type MultiMap } from './multi-map';

/**
 * Decoded once, `+` as a space; a name without `=` has the empty value.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function parseQuery(rawQuery: string): MultiMap {
  return multiMap(new URLSearchParams(rawQuery));
}
