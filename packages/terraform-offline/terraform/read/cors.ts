import type { Block } from '../language/configuration/block';
import type { CorsConfiguration } from '../model/cors';

/** The CORS block of an HTTP API or a function URL. */
export function readCors(cors: Block): CorsConfiguration {
  return {
    allowOrigins: cors.texts('allow_origins'),
    allowMethods: cors.texts('allow_methods'),
    allowHeaders: cors.texts('allow_headers'),
    exposeHeaders: cors.texts('expose_headers'),
    allowCredentials: cors.flag('allow_credentials'),
    maxAgeSeconds: cors.optionalNumber('max_age'),
  };
}
