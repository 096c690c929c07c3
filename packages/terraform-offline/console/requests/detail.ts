import { isUtf8 } from 'node:buffer';
import { unzipSync } from 'node:zlib';
import { statementName } from '../../iam/access-report';
import { parseArn } from '../../iam/arn';
import { explanation, nameOf } from '../../iam/denial';
import { parseFunctionArn } from '../../lambda/version';
import { loggedValue } from '../../log/logged-value';
import { readableLine } from '../../log/text-line';
import { type Header, headerPairs, headerValue } from '../../server/message';
import { HiddenCredentials } from './hidden-credentials';
import type {
  DecisionDetail,
  InvocationDetail,
  Message,
  RequestDetail,
  RequestSummary,
  Text,
} from './record';
import type { RecordedDecision, RecordedInvocation, Recording } from './recording';

/** What is kept of one body, event or result. */
const KEPT_OF_TEXT = 256 * 1024;

/** What the list shows of a request that has ended. */
export function summaryOf(recording: Recording): RequestSummary {
  const { key, at, source, request, response, invocations, milliseconds = 0 } = recording;
  const credentials = new HiddenCredentials();
  const failed = invocations.findLast(({ result }) => result && result.outcome !== 'success')?.result;
  return {
    key,
    at,
    id: idOf(recording),
    source: source?.kind ?? 'request',
    method: request?.method ?? source?.kind ?? '',
    path: request ? credentials.everywhere(credentials.query(pathOf(request))) : (source?.name ?? ''),
    functions: [...new Set(invocations.map(({ event }) => functionIn(event.invokedFunctionArn)))],
    status: response?.status,
    failure: failed?.outcome === 'function-error' ? failed.errorType : failed?.outcome,
    milliseconds: rounded(milliseconds),
  };
}

/** All that is known of a request, without its credentials. */
export function detailOf(recording: Recording): RequestDetail {
  const { request, response, notices, decisions, invocations, startedAt } = recording;
  const credentials = new HiddenCredentials();
  const found: RequestDetail = {
    ...summaryOf(recording),
    // Read first: what is found here is hidden everywhere.
    path: request ? credentials.query(pathOf(request)) : (recording.source?.name ?? ''),
    request: request && message(headerPairs(request.rawHeaders), request.body, credentials),
    answer: response && {
      status: response.status,
      ...message(response.headers, response.body, credentials),
    },
    notices: notices.map(({ level, message }) => ({ level, message: credentials.line(message) })),
    decisions: decisions.map(decision),
    invocations: invocations.map((one) => invocationDetail(one, startedAt, credentials)),
  };
  return everywhere(found, credentials);
}

/** The same with the credentials hidden in all of its texts. */
function everywhere<T>(value: T, credentials: HiddenCredentials): T {
  const hidden = (one: unknown): unknown => {
    if (typeof one === 'string') return credentials.everywhere(one);
    if (Array.isArray(one)) return one.map(hidden);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, hidden(member)]));
  };
  return hidden(value) as T;
}

function invocationDetail(
  { event, startedAt, lines, decisions, calls, result, report, more }: RecordedInvocation,
  requestedAt: number,
  credentials: HiddenCredentials,
): InvocationDetail {
  const { functionArn, qualifier } = parseFunctionArn(event.invokedFunctionArn);
  return {
    requestId: event.requestId,
    functionName: functionIn(functionArn),
    qualifier,
    region: parseArn(functionArn).region,
    after: rounded(startedAt - requestedAt),
    outcome: result?.outcome,
    durationMs: report?.metrics.durationMs,
    initDurationMs: report?.metrics.initDurationMs,
    maxMemoryUsedMB: report?.metrics.maxMemoryUsedMB,
    memorySizeMB: report?.metrics.memorySizeMB,
    event: text(event.payload, credentials),
    result: text(result && ('payload' in result ? result.payload : result.message), credentials),
    lines: lines.map((line) => credentials.line(withStack(readableLine(line)))),
    decisions: decisions.map(decision),
    calls: calls.map(({ operation, tables, startedAt: calledAt, milliseconds, status, error }) => ({
      operation,
      tables,
      after: rounded(calledAt - requestedAt),
      milliseconds: rounded(milliseconds),
      status,
      error,
    })),
    more,
  };
}

/** The error at the end of a line as Lambda's Node.js writes it, with its stack on lines of its own. */
function withStack(line: string): string {
  const at = line.lastIndexOf('\t{"errorType"');
  if (at < 0) return line;
  try {
    return `${line.slice(0, at)}\n${loggedValue(JSON.parse(line.slice(at)), false)}`;
  } catch {
    return line;
  }
}

function decision({ request, decision }: RecordedDecision): DecisionDetail {
  const { principal, action, resource } = request;
  const allowed = decision.outcome === 'allowed';
  return {
    who: nameOf(principal.name),
    action,
    resource,
    allowed,
    by: allowed ? decision.by.map(statementName).join(', ') : explanation(request, decision),
  };
}

function message(headers: readonly Header[], body: unknown, credentials: HiddenCredentials): Message {
  const shown = credentials.headers(headers);
  // What is still going on when it is sent is nothing that can be read again.
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) {
    return { headers: shown, body: '', isBase64: false, cut: 0 };
  }
  const bytes = typeof body === 'string' ? body : uncompressed(body, headers);
  if (typeof bytes !== 'string' && (!isUtf8(bytes) || bytes.includes(0))) {
    const base64 = bytes.subarray(0, KEPT_OF_TEXT).toString('base64');
    return { headers: shown, body: base64, isBase64: true, cut: Math.max(0, bytes.length - KEPT_OF_TEXT) };
  }
  const { text: kept, cut } = text(bytes.toString(), credentials);
  const isForm = headerValue(headers, 'content-type')?.startsWith('application/x-www-form-urlencoded');
  return { headers: shown, body: isForm ? credentials.query(kept) : kept, isBase64: false, cut };
}

/** What is within, as far as it is kept at all: credentials are not hidden by compression. */
function uncompressed(body: Buffer, headers: readonly Header[]): Buffer {
  if (headerValue(headers, 'content-encoding') === undefined) return body;
  try {
    return unzipSync(body, { maxOutputLength: 16 * KEPT_OF_TEXT });
  } catch {
    return body;
  }
}

function text(value: string | undefined, credentials: HiddenCredentials): Text {
  if (value === undefined) return { text: '', cut: 0 };
  const cut = Math.max(0, value.length - KEPT_OF_TEXT);
  // A part of a text would keep the whole of it in memory.
  const kept = cut > 0 ? Buffer.from(value.slice(0, KEPT_OF_TEXT)).toString() : value;
  return { text: credentials.text(kept), cut };
}

const ID_HEADERS = ['apigw-requestid', 'x-amzn-requestid'];

/** As the answer names it, or the function was told. */
function idOf({ response, invocations }: Recording): string {
  const named = ID_HEADERS.map((name) => response && headerValue(response.headers, name));
  return named.find((id) => id !== undefined) ?? invocations[0]?.event.requestId ?? '';
}

function pathOf({ prefix, rawPath, rawQuery }: NonNullable<Recording['request']>): string {
  return `${prefix}${rawPath}${rawQuery === '' ? '' : `?${rawQuery}`}`;
}

function functionIn(arn: string): string {
  return parseFunctionArn(arn).functionArn.split(':').at(-1)!;
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
