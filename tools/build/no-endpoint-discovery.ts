/** Stands in for `@aws-sdk/middleware-endpoint-discovery` in Lambda bundles: no command of DynamoDB uses it. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {};
export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config;
