/** The largest zip that a function may become, in KiB: cold start grows with it. */
export const sizeBudget = 12;

/** What REST APIs ask of a token, whatever the system: HTTP APIs verify tokens themselves. */
export const handlers: readonly string[] = ['verify-token'];
