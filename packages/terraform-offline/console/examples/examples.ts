import { dataApi } from './data-api';
import { dynamodbManager } from './dynamodb-manager';
import { itemsApi } from './items-api';
import { orderApi } from './order-api';

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

/** By stack id; a system without an entry is shown with what its Terraform says. */
export const examples: Readonly<Record<string, SystemExamples | undefined>> = {
  'data-api': dataApi,
  'items-api': itemsApi,
  'dynamodb-manager': dynamodbManager,
  'order-api': orderApi,
};
