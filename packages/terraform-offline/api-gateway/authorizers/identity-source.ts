import type { Header, MultiMap } from '../../server/message';
import type { IdentitySource } from '../../terraform/model/authorizer';

/** What a request's identity sources are read from. */
interface Identified {
  readonly headers: readonly Header[];
  readonly query: MultiMap;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** `$context` of the request. */
  readonly context: object;
}

/**
 * What a request brings at its authorizer's identity sources, in their order. One that comes more than once counts as one
 * text with commas, so that nobody else reads another of its values than the authorizer does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.identity-sources
 * @returns undefined where one of them is missing or empty
 */
export function identityOf(
  sources: readonly IdentitySource[],
  request: Identified,
): readonly string[] | undefined {
  const values = sources.map((source) => valueOf(source, request));
  return values.every((value): value is string => value !== undefined && value !== '') ? values : undefined;
}

function valueOf({ from, name }: IdentitySource, request: Identified): string | undefined {
  switch (from) {
    case 'header': {
      const wanted = name.toLowerCase();
      return joined(request.headers.filter(([header]) => header.toLowerCase() === wanted).map(([, v]) => v));
    }
    case 'querystring':
      return joined(request.query.get(name));
    case 'stageVariables':
      return Object.hasOwn(request.stageVariables, name) ? request.stageVariables[name] : undefined;
    case 'context': {
      const value = name.split('.').reduce<unknown>(member, request.context);
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    }
  }
}

function joined(values: readonly string[] | undefined): string | undefined {
  return values && values.length > 0 ? values.join(',') : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
