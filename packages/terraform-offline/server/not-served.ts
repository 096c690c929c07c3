import type { GatewayResponse } from '../api-gateway/gateway';
import type { Unserved } from '../terraform/model';

/** The answer of what cannot be served: https://www.rfc-editor.org/rfc/rfc9457 */
export function notServed({ address, reason, effect }: Unserved): GatewayResponse {
  // `message` is what the AWS SDKs read.
  const problem = {
    title: 'Not served locally',
    status: 501,
    detail: reason,
    message: reason,
    address,
    effect,
  };
  return {
    status: 501,
    headers: [['Content-Type', 'application/problem+json']],
    body: JSON.stringify(problem),
  };
}
