export interface Request {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Something that moto lacks, and what stands in for it. */
export interface Gap {
  readonly reason: string;
  /** Answers a request itself, as it may ask moto; undefined: moto is to answer. */
  readonly answer?: (
    request: Request,
    ask: (request: Request) => Promise<Answer>,
  ) => Promise<Answer | undefined>;
  /** Completes what moto answered. */
  readonly complete?: (request: Request, answer: Answer) => Answer;
}
