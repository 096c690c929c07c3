import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the synthesized Terraform cannot say of a system: what it is for, and requests worth trying. */
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

/** Where a build may lay them in the folder that is served: JSON, by stack id. */
const FILE = 'terraform-offline/examples.json';

/**
 * Stacks with what is known beside their Terraform; one without examples is shown with what its Terraform says.
 * @throws naming the file when it is no JSON
 */
export function withExamples<S extends { readonly id: string }>(
  stacks: readonly S[],
  folder: string,
): (S & { readonly examples: SystemExamples | undefined })[] {
  const examples = examplesIn(path.join(folder, FILE));
  return stacks.map((stack) => ({ ...stack, examples: examples[stack.id] }));
}

function examplesIn(file: string): Readonly<Record<string, SystemExamples | undefined>> {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, SystemExamples>;
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}; build it again`, { cause: error });
  }
}
