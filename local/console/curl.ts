import type { ApiRoute } from './api-routes';
import type { Example } from './examples';

/** A command line that sends the example, for any POSIX shell. */
export function curl(apiUrl: string, { method, path }: ApiRoute, example: Example = {}): string {
  const url = apiUrl + path.replace(/\{(\w+)\+?\}/g, (_, name: string) => parameter(name, example));
  const headers = {
    ...(example.body !== undefined && { 'Content-Type': 'application/json' }),
    ...example.headers,
  };
  const words = ['curl', ...(method === 'GET' || method === 'ANY' ? [] : ['-X', method]), quote(url)];
  for (const [name, value] of Object.entries(headers)) words.push('-H', quote(`${name}: ${value}`));
  if (example.body !== undefined) words.push('-d', quote(JSON.stringify(example.body)));
  return words.join(' ');
}

function parameter(name: string, { pathParameters = {} }: Example): string {
  return encodeURIComponent(pathParameters[name] ?? name);
}

function quote(word: string): string {
  return /^[\w:/.-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
