import type { Apigatewayv2ApiCorsConfiguration } from '@cdktf/provider-aws/lib/apigatewayv2-api';

export interface CorsSettings {
  /** Origins such as `https://app.example.com`, or `*` alone. */
  readonly allowOrigins: readonly string[];
  /** Methods, or `*` alone. */
  readonly allowMethods: readonly string[];
  /** Request headers beyond the ones browsers always send. Default: none. */
  readonly allowHeaders?: readonly string[];
  /** Response headers that scripts may read, such as `etag`. Default: none. */
  readonly exposeHeaders?: readonly string[];
  /** Whether cookies and authorization are sent. Default: false. */
  readonly allowCredentials?: boolean;
  /** How long a browser keeps a preflight's answer. Default: the browser's own time. */
  readonly maxAgeSeconds?: number;
}

/** @throws when browsers would refuse the combination, or an origin is not one */
export function corsConfiguration(api: string, settings: CorsSettings): Apigatewayv2ApiCorsConfiguration {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAgeSeconds } =
    settings;
  for (const [setting, values] of Object.entries({ allowOrigins, allowMethods })) {
    if (values.length === 0)
      throw new Error(`${api}: ${setting} is empty; name at least one, or leave cors out`);
  }
  const notAnOrigin = allowOrigins.find((origin) => origin !== '*' && !/^https?:\/\/[^/]+$/.test(origin));
  if (notAnOrigin !== undefined) {
    throw new Error(
      `${api}: received the origin ${JSON.stringify(notAnOrigin)}; expected scheme and host, such as https://app.example.com, or *`,
    );
  }
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
  const lists = [allowOrigins, allowMethods, allowHeaders ?? [], exposeHeaders ?? []];
  if (allowCredentials && lists.some((values) => values.includes('*'))) {
    throw new Error(
      `${api}: received allowCredentials together with *; with credentials every value must be named`,
    );
  }
  return {
    allowOrigins: [...allowOrigins],
    allowMethods: [...allowMethods],
    ...(allowHeaders && { allowHeaders: [...allowHeaders] }),
    ...(exposeHeaders && { exposeHeaders: [...exposeHeaders] }),
    ...(allowCredentials !== undefined && { allowCredentials }),
    ...(maxAgeSeconds !== undefined && { maxAge: maxAgeSeconds }),
  };
}
