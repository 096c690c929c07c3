/**
 * Every answer that is the gateway's own: its gateway response type, and the status, message and `x-amzn-ErrorType` when
 * the stack does not say otherwise.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const errors = {
  routeNotFound: {
    type: 'MISSING_AUTHENTICATION_TOKEN',
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  apiKeyInvalid: {
    type: 'INVALID_API_KEY',
    status: 403,
    message: 'Forbidden',
    errorType: 'ForbiddenException',
  },
  unauthorized: {
    type: 'UNAUTHORIZED',
    status: 401,
    message: 'Unauthorized',
    errorType: 'UnauthorizedException',
  },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-troubleshooting-403.html
  accessDenied: {
    type: 'ACCESS_DENIED',
    status: 403,
    message: 'User is not authorized to access this resource',
    errorType: 'AccessDeniedException',
  },
  authorizerFailed: {
    type: 'AUTHORIZER_CONFIGURATION_ERROR',
    status: 500,
    message: null,
    errorType: 'AuthorizerConfigurationException',
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
  signatureIncomplete: {
    type: 'DEFAULT_4XX',
    status: 403,
    message: 'Forbidden',
    errorType: 'IncompleteSignatureException',
  },
  signatureInvalid: {
    type: 'INVALID_SIGNATURE',
    status: 403,
    message: 'Forbidden',
    errorType: 'InvalidSignatureException',
  },
  keyUnknown: {
    type: 'DEFAULT_4XX',
    status: 403,
    message: 'Forbidden',
    errorType: 'UnrecognizedClientException',
  },
  parametersMissing: {
    type: 'BAD_REQUEST_PARAMETERS',
    status: 400,
    message: 'Missing required request parameters',
    errorType: 'BadRequestException',
  },
  bodyInvalid: {
    type: 'BAD_REQUEST_BODY',
    status: 400,
    message: 'Invalid request body',
    errorType: 'BadRequestException',
  },
  eventInvalid: {
    type: 'DEFAULT_4XX',
    status: 400,
    message: 'Could not parse request body into json',
    errorType: 'BadRequestException',
  },
  unsupportedMediaType: {
    type: 'UNSUPPORTED_MEDIA_TYPE',
    status: 415,
    message: 'Unsupported Media Type',
    errorType: 'BadRequestException',
  },
  bodyTooLarge: {
    type: 'REQUEST_TOO_LARGE',
    status: 413,
    message: 'HTTP content length exceeded 10485760 bytes.',
    errorType: 'RequestTooLargeException',
  },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html; the message as users have seen it
  headersTooLarge: {
    type: 'DEFAULT_4XX',
    status: 431,
    message: 'HTTP header is larger than 10240 bytes.',
    errorType: 'RequestTooLargeException',
  },
  // The body fitted the gateway, the event made of it does not fit Lambda.
  eventTooLarge: {
    type: 'REQUEST_TOO_LARGE',
    status: 413,
    message: 'Request Too Long',
    errorType: 'RequestTooLargeException',
  },
  throttled: {
    type: 'THROTTLED',
    status: 429,
    message: 'Too Many Requests',
    errorType: 'TooManyRequestsException',
  },
  quotaExceeded: {
    type: 'QUOTA_EXCEEDED',
    status: 429,
    message: 'Limit Exceeded',
    errorType: 'LimitExceededException',
  },
  configuration: {
    type: 'API_CONFIGURATION_ERROR',
    status: 500,
    message: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
  // 500 although the documentation says 504: that is what AWS answers until a stack sets the status itself.
  // https://repost.aws/questions/QUL-z6rJbmR4meafB7MzYXxw
  functionThrottled: {
    type: 'INTEGRATION_FAILURE',
    status: 500,
    message: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
  // A handler that threw, or whose result is no proxy response.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
  functionFailed: {
    type: 'DEFAULT_5XX',
    status: 502,
    message: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
  endpointUnreachable: {
    type: 'INTEGRATION_FAILURE',
    status: 504,
    message: 'Network error communicating with endpoint',
    errorType: 'InternalServerErrorException',
  },
  timedOut: {
    type: 'INTEGRATION_TIMEOUT',
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
} as const;

type GatewayErrorName = keyof typeof errors;

/** Ends a request with one of the gateway's own answers. */
export class GatewayError extends Error {
  readonly type: string;
  readonly status: number;
  readonly errorType: string;

  /**
   * @param text its message; null where AWS has none
   * @param validationError what `$context.error.validationErrorString` holds
   */
  constructor(
    name: GatewayErrorName,
    readonly text: string | null = errors[name].message,
    readonly validationError = '',
  ) {
    super(text ?? name);
    ({ type: this.type, status: this.status, errorType: this.errorType } = errors[name]);
  }
}
