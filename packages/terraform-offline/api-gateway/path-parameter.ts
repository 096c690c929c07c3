/** A parameter in an API Gateway path: `{id}`, or `{proxy+}`, which takes all that is left. */
export const PATH_PARAMETER = /\{([^{}+]+)\+?\}/g;
