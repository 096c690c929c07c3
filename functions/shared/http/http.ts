/** A request as handlers see it, whichever kind of API it came through. */
export interface HttpRequest {
  /** The path the client sent, stage or base path included: what a `Location` is built on. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** A header's value, whatever its case; repeated headers joined by `, `. */
  header(name: string): string | undefined;
  /** The body as text, decoded if the gateway encoded it; undefined when there is none. */
  readonly body: string | undefined;
  readonly requestId: string;
}

/** What a handler returns. `body` is sent as JSON; without one the answer is empty. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A handler returns its answer or throws a `Problem`. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;
