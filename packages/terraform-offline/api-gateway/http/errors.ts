import type { HttpResponse } from '../../server/request';

/** The gateway's own answers; a stack cannot change an HTTP API's. */
const MESSAGES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

export function ownAnswer(status: keyof typeof MESSAGES): HttpResponse {
  return {
    status,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ message: MESSAGES[status] }),
  };
}
