import { isLoopbackHost } from '../../server/access-control';
import { quote } from '../curl';
import { HIDDEN } from './hidden-credentials';
import type { InvocationDetail, RequestDetail } from './record';

/** Command lines that do again what a request did, for any POSIX shell. */
export interface Commands {
  /** Undefined for what was no request. */
  readonly curl: ShellCommand | undefined;
  /** By the invocations' request ids: what invokes the function with the event, saved as `event.json`. */
  readonly invoke: Readonly<Record<string, string>>;
}

export interface ShellCommand {
  readonly line: string;
  /** Variables that have to be set before: credentials that are not kept. */
  readonly variables: readonly string[];
}

/** @param origin where this server answers: `http://127.0.0.1:3000` */
export function commandsFor(detail: RequestDetail, origin: string): Commands {
  return {
    curl: curlOf(detail, origin),
    invoke: Object.fromEntries(detail.invocations.map((one) => [one.requestId, awsInvoke(one, origin)])),
  };
}

/** What curl makes itself, and what only a browser has a say in. */
const OWN_HEADERS = /^(?:connection|content-length|accept-encoding|transfer-encoding|expect|sec-.*)$/i;

function curlOf({ method, path, request }: RequestDetail, origin: string): ShellCommand | undefined {
  if (!request) return undefined;
  const variables = new Set<string>();
  const variable = (name: string) => {
    const made = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
    variables.add(made);
    return made;
  };
  const words = ['curl'];
  if (method === 'HEAD') words.push('--head');
  else if (method !== 'GET' || request.body !== '') words.push('-X', quote(method));
  // Its own ideas of URLs aside.
  if (/[[\]{}]/.test(path)) words.push('--globoff');
  if (/\/\.\.?(?:[/?]|$)/.test(path)) words.push('--path-as-is');
  words.push(
    withVariables(`${origin}${path}`, (before) => variable(/([^?&=]+)=$/.exec(before)?.[1] ?? 'VALUE')),
  );
  for (const [name, value] of request.headers) {
    if (OWN_HEADERS.test(name) || (/^host$/i.test(name) && isLoopbackHost(value))) continue;
    words.push(
      '-H',
      withVariables(value === '' ? `${name};` : `${name}: ${value}`, () => variable(name)),
    );
  }
  if (request.body !== '') {
    // Without it, curl says that the body is a form.
    if (!request.headers.some(([name]) => /^content-type$/i.test(name))) words.push('-H', "'Content-Type:'");
    words.push(...(request.isBase64 ? ['--data-binary', '@-'] : ['--data-raw', quote(request.body)]));
  }
  const line = words.join(' ');
  const piped = request.isBase64 ? `echo ${request.body} | base64 -d | ${line}` : line;
  return { line: piped, variables: [...variables] };
}

/** A word with a variable for each credential in it. */
function withVariables(text: string, variable: (before: string) => string): string {
  const [first = '', ...others] = text.split(HIDDEN);
  let before = first;
  return others.reduce(
    (word, part) => {
      const name = variable(before);
      before += HIDDEN + part;
      return `${word}"$${name}"${part === '' ? '' : quote(part)}`;
    },
    first === '' ? '' : quote(first),
  );
}

function awsInvoke({ functionName, qualifier, region }: InvocationDetail, origin: string): string {
  const name = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
  return [
    `aws lambda invoke --endpoint-url ${origin} --region ${region} --no-sign-request`,
    `--function-name ${quote(name)} --cli-binary-format raw-in-base64-out`,
    '--payload file://event.json /dev/stdout',
  ].join(' ');
}
