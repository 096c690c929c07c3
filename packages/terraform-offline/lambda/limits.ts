/** Bytes of an event, and of a result. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const PAYLOAD_LIMIT = 6_291_556;

/** How long a function may take to load. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export const INIT_LIMIT_SECONDS = 10;

/** How many execution environments a function without reserved concurrency may have here; AWS's own is 1000 per account. */
export const UNRESERVED_CONCURRENCY = 10;
