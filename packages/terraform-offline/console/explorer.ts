import type { AccessReport } from '../iam/access-report';
import type { MappingState } from '../lambda/event-sources/mapping-progress';
import type { Log, LogEntry } from '../log/log';
import { hostOf } from '../server/host-header';
import { headerPairs, headerValue } from '../server/message';
import type { HttpRequest, PageResponse, Pages } from '../server/request';
import { domainMountPoint, mountPoint } from '../server/router';
import type { Model, Stack } from '../terraform/model/stack';
import { asset } from './assets';
import { callerHeaders, isAskedByPage, type SignToken } from './caller';
import { createLiveLog } from './live-log';
import { openApiDocument } from './openapi/document';
import { commandsFor } from './requests/commands';
import type { RequestDetail } from './requests/record';
import { Recorder } from './requests/recorder';
import { respond, text } from './response';
import type { TableBrowser } from './table-browser/table-browser';
import { accessReportPage } from './view/access-report';
import { page } from './view/page';
import { requestsPage } from './view/requests';

/** Where everything but the page itself stands; no stack id begins like that. */
const EXPLORER = '/_explorer/';

export interface ExplorerOptions {
  readonly tableBrowser: TableBrowser;
  readonly signToken: SignToken;
  /** What IAM has decided so far. */
  readonly accessReport: () => AccessReport;
  /** What is known of event source mappings. */
  readonly mappingStates: () => readonly MappingState[];
}

export interface Explorer {
  /** The page at `/` and what it refers to, for a model; pages opened for another one are told. */
  readonly pages: (model: Model) => Pages;
  /** Shown on open pages as it happens; costs next to nothing when there is none. */
  readonly log: Log;
  /** Keeps the last requests, to be looked at. */
  readonly recorder: Recorder;
  readonly close: () => void;
}

/** The page at `/`: every system with its diagram, permissions and outputs, its routes to try, the log and the tables. */
export function createExplorer(options: ExplorerOptions): Explorer {
  const { tableBrowser, signToken, accessReport, mappingStates } = options;
  const liveLog = createLiveLog();
  const recorder = new Recorder({ isOwn: isPage, ended: liveLog.ended });

  const caller = async ({ stacks }: Model, request: HttpRequest): Promise<PageResponse> => {
    if (!isAskedByPage(request)) return text(403, 'Tokens and keys are for the page of this machine.');
    const asked = new URLSearchParams(request.rawQuery);
    const api = stacks.flatMap(({ apis }) => apis).find(({ id }) => id === asked.get('api'));
    if (!api) return text(404, 'There is no such API.');
    const headers = await callerHeaders(api, asked.get('method') ?? '', asked.get('path') ?? '', signToken);
    return respond(200, 'application/json', JSON.stringify(headers), NO_STORE);
  };

  const openTables = async () => text(303, 'The tables', [['Location', await tableBrowser.url()]]);

  const detail = ({ stacks }: Model, key: number, { rawHeaders }: HttpRequest) => {
    const found = recorder.find(key);
    if (!found) return Promise.resolve(text(404, 'This request is not kept any more.'));
    const host = headerValue(headerPairs(rawHeaders), 'host') ?? '127.0.0.1';
    return json({
      ...found,
      commands: commandsFor(found, `http://${host}`),
      // With it the page asks for a token or key, to send the request again.
      api: found.request && apiAt(stacks, found.path),
      // A browser may not know the domain’s name, and reaches it by this path.
      domainPath: domainPathOf(stacks, found),
    });
  };

  const find = (model: Model, request: HttpRequest): Promise<PageResponse> | undefined => {
    const { method, rawPath } = request;
    if (rawPath === '/') return html(page(model).text);
    const name = rawPath.slice(EXPLORER.length);
    if (name === 'log') {
      // The answer to HEAD has no body that could end.
      const events = method === 'GET' ? liveLog.watch() : '';
      return Promise.resolve(respond(200, 'text/event-stream', events, NO_STORE));
    }
    if (name === 'tables') return openTables();
    if (name === 'caller') return caller(model, request);
    if (name === 'iam') return html(accessReportPage(accessReport()).text);
    if (name === 'iam.json') return json(accessReport());
    if (name === 'requests') return html(requestsPage().text);
    if (name === 'requests.json') return json({ requests: recorder.list() });
    if (name === 'mappings.json') return json({ mappings: mappingStates() });
    const [, key] = /^requests\/(\d+)\.json$/.exec(name) ?? [];
    if (key !== undefined) return detail(model, Number(key), request);
    return openApi(model, name) ?? file(name);
  };

  return {
    pages(model) {
      liveLog.changed();
      return (request) => {
        const { method, rawPath } = request;
        if (rawPath !== '/' && !rawPath.startsWith(EXPLORER)) return undefined;
        if (method !== 'GET' && method !== 'HEAD') {
          return Promise.resolve(text(405, 'This page is read with GET.', [['Allow', 'GET, HEAD']]));
        }
        try {
          return find(model, request)?.catch(failed);
        } catch (error) {
          return Promise.resolve(failed(error));
        }
      };
    },
    log(entry) {
      liveLog.log(entry);
      recorder.log(entry);
    },
    recorder,
    close() {
      liveLog.close();
      recorder.close();
      tableBrowser.close();
    },
  };
}

function isPage({ method, rawPath }: HttpRequest): boolean {
  return rawPath.startsWith(EXPLORER) || (rawPath === '/' && (method === 'GET' || method === 'HEAD'));
}

/** Whether an entry is about the page's own requests, which are nobody's business. */
export function isOwnRequest(entry: LogEntry): boolean {
  return entry.type === 'access' && (entry.path === '/' || entry.path.startsWith(EXPLORER));
}

/** The API that a path leads to, by its id, and where its stage answers. */
function apiAt(stacks: readonly Stack[], path: string): { id: string; prefix: string } | undefined {
  const [whole = ''] = path.split('?');
  const [found] = stacks
    .flatMap((stack) => stack.apis.map((api) => ({ id: api.id, prefix: mountPoint(stack, api) })))
    .filter(({ prefix }) => whole === prefix || whole.startsWith(`${prefix}/`))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return found;
}

/** Where a custom domain answers that a request came to by its own name. */
function domainPathOf(stacks: readonly Stack[], { request }: RequestDetail): string | undefined {
  const name = request && hostOf({ rawHeaders: request.headers.flat() });
  const stack = stacks.find(({ domains = [] }) => domains.some((domain) => domain.name === name));
  return stack && name && domainMountPoint(stack, name);
}

function failed(error: unknown): PageResponse {
  return text(500, String(error));
}

const NO_STORE = [['Cache-Control', 'no-store']] as const;

function html(body: string): Promise<PageResponse> {
  return Promise.resolve(respond(200, 'text/html; charset=utf-8', `<!doctype html>\n${body}`, NO_STORE));
}

function json(document: unknown): Promise<PageResponse> {
  return Promise.resolve(respond(200, 'application/json', JSON.stringify(document, null, 2), NO_STORE));
}

/** `openapi/<where the API's stage answers>.json` */
function openApi({ stacks }: Model, name: string): Promise<PageResponse> | undefined {
  for (const stack of stacks) {
    const api = stack.apis.find((one) => name === `openapi${encodeURI(mountPoint(stack, one))}.json`);
    if (!api) continue;
    return json(openApiDocument(stack, api));
  }
  return undefined;
}

function file(name: string): Promise<PageResponse> | undefined {
  return asset(name)?.then(({ mediaType, contents }) =>
    respond(200, mediaType, contents, [['Cache-Control', 'no-cache']]),
  );
}
