/**
 * What the synthesized Terraform cannot say of a system: what it is for, and requests worth trying. The build writes it
 * for the local cloud, which shows it on its page and in the commands that it prints.
 */
export interface SystemExamples {
  readonly title: string;
  readonly description: string;
  /** By endpoint: `POST /data`. */
  readonly operations: Readonly<Record<string, OperationExamples>>;
}

export interface OperationExamples {
  readonly summary: string;
  /** Request bodies by what they show; none for a route without a body. */
  readonly bodies?: Readonly<Record<string, unknown>>;
  /** JSON Schema (draft 4) of a body. Default: what the request models of the Terraform say. */
  readonly bodySchema?: unknown;
  /** Which of them the command sends that `npm start` prints. Default: the first. */
  readonly bodyInCommand?: string;
  readonly parameters?: readonly ParameterExample[];
  /** What each status means. */
  readonly responses: Readonly<Record<number, string>>;
}

export interface ParameterExample {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  /** What the page fills in. */
  readonly example?: string;
  /** What the command sends that `npm start` prints; those of a system succeed one after the other. Default: `example`. */
  readonly inCommand?: string;
}

export const idempotencyKey: ParameterExample = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'The same key and body again answers with what the first request made. 1–255 visible ASCII characters.',
  // The command answers the same id whenever it is sent, so the other commands can name it.
  inCommand: 'example',
};
