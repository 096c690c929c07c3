import { located, messageOf } from '../../../message-of';
import { NotKnown } from '../values/value';

/** An attribute of a resource that something was made from. */
export interface Reference {
  /** `module.users.aws_lambda_function.store["a"]` */
  readonly address: string;
  readonly attribute: string;
}

/** Notes what is read while something is evaluated: how a value is traced back to the resources that it was made from. */
export class Trail {
  private readonly open: Set<Reference>[] = [];

  note(reference: Reference): void {
    this.open.at(-1)?.add(reference);
  }

  /** What `body` reads. */
  during(body: () => void): ReadonlySet<Reference> {
    const reads = new Set<Reference>();
    this.open.push(reads);
    try {
      body();
    } finally {
      this.open.pop();
    }
    return reads;
  }
}

/** A value that is evaluated when it is first read, and never twice. */
export class Cell<T> {
  private state: 'new' | 'evaluating' | 'evaluated' = 'new';
  private result: { readonly value: T } | undefined;
  private failure: Error | undefined;
  private reads: ReadonlySet<Reference> = new Set();

  /**
   * @param name for errors: what it is a value of
   * @param stands what counts as read when this is read. Default: whatever this was made from
   */
  constructor(
    private readonly trail: Trail,
    private readonly name: string,
    private readonly evaluate: () => T,
    private readonly stands?: Reference,
  ) {}

  /** @throws when it cannot be evaluated, the same each time, and when its own evaluation needs it */
  read(): T {
    if (this.state === 'evaluating') throw new Error(`${this.name} refers to itself`);
    if (this.state === 'new') this.run();
    if (this.stands !== undefined) this.trail.note(this.stands);
    else this.reads.forEach((reference) => this.trail.note(reference));
    if (this.result) return this.result.value;
    throw this.failure ?? new Error(this.name);
  }

  private run(): void {
    this.state = 'evaluating';
    this.reads = this.trail.during(() => {
      try {
        this.result = { value: this.evaluate() };
      } catch (error) {
        // What is not known says where it comes from; what is wrong is told by the way to it.
        this.failure =
          error instanceof NotKnown
            ? error
            : new Error(located(this.name, messageOf(error)), { cause: error });
      }
    });
    this.state = 'evaluated';
  }
}
