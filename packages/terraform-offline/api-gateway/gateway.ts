/** A request as it came off the socket, less the local prefix (`/<stack id>/<stage>`). The core knows no sockets. */
export interface GatewayRequest {
  readonly method: string;
  /** The path within the stage, undecoded: `/data/a%2Fb`. */
  readonly rawPath: string;
  /** What stands before `rawPath` in the URL: `/data-api/prod`. */
  readonly prefix: string;
  /** Undecoded, without the question mark; empty when there is none. */
  readonly rawQuery: string;
  /** Name, value, name, value, … in the client's order and case, as `IncomingMessage.rawHeaders` has them. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
}

export interface GatewayResponse {
  readonly status: number;
  /** A name may occur more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | string;
}

/** Answers one API's requests as API Gateway would. Never rejects: what goes wrong has an answer. */
export type Gateway = (request: GatewayRequest) => Promise<GatewayResponse>;
