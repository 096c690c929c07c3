/** Bytes of a body that API Gateway takes, REST or HTTP. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const BODY_LIMIT = 10 * 1024 * 1024;
