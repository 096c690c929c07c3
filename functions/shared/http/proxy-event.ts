/**
 * Refuses an event that API Gateway does not send, before something looks into what is not there.
 *
 * @param kind whose proxy events the function takes
 * @param paths what the function reads of them, and all of them have
 * @throws naming what the event lacks
 */
export function requireProxyEvent(event: unknown, kind: string, paths: readonly string[]): void {
  const lacking = paths.filter((path) => typeof path.split('.').reduce(memberOf, event) !== 'string');
  if (lacking.length === 0) return;
  throw new Error(
    `The event has no ${lacking.join(' and no ')}, which every proxy event of ${kind} has; send the request to the API, or such an event to the function.`,
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
