import { ISSUERS, OTHER_SERVICES } from '../server/paths';
import type { LambdaFunction } from '../terraform/model/function';

/** The AWS SDK's name of a service, where it is not the one that requests are signed for. */
const SDK_NAMES: Readonly<Record<string, string>> = {
  'cognito-idp': 'cognito_identity_provider',
  email: 'sesv2',
  events: 'eventbridge',
  'execute-api': 'apigatewaymanagementapi',
  logs: 'cloudwatch_logs',
  monitoring: 'cloudwatch',
  secretsmanager: 'secrets_manager',
  states: 'sfn',
};

/** `sqs`, `secrets_manager`: by the SDK's name of a service, or by the one that requests are signed for. */
export function serviceName(name: string): string {
  const given = name.toLowerCase();
  return Object.hasOwn(SDK_NAMES, given) ? SDK_NAMES[given]! : given.replaceAll(/[ -]/g, '_');
}

export interface FunctionEndpoints {
  /** Where this cloud answers: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Other services, by name, and where they answer. */
  readonly services: Readonly<Record<string, string>>;
}

/** What the configuration says of a queue, which is in no account. */
const QUEUE_URL = /https:\/\/sqs\.[\w-]+\.amazonaws\.com(?=\/000000000000\/)/g;

/** Where an issuer says which keys it has: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig */
const ISSUER_URL = /https:\/\/([\w.:/-]+\/\.well-known\/(?:openid-configuration|jwks\.json))(?=$|[\s"',;])/g;

/**
 * A function's variables, with local addresses in place of those on AWS. The URLs of queues lead where the function finds
 * queues: the JavaScript SDK sends a message to the host of the queue's URL, whatever `AWS_ENDPOINT_URL` says. The addresses
 * of issuers' keys lead here, where tokens are signed too.
 */
export function withLocalAddresses(
  variables: Readonly<Record<string, string>>,
  { url, services }: FunctionEndpoints,
): Record<string, string> {
  const [, queues = url] = Object.entries(services).find(([name]) => serviceName(name) === 'sqs') ?? [];
  const { origin } = new URL(queues);
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value.replaceAll(QUEUE_URL, origin).replaceAll(ISSUER_URL, `${url}${ISSUERS}$1`),
    ]),
  );
}

/** The addresses of issuers' keys in functions' variables: `https://login.example.com/.well-known/openid-configuration`. */
export function issuerAddresses(
  functions: readonly Pick<LambdaFunction, 'variables'>[],
): ReadonlySet<string> {
  const values = functions.flatMap(({ variables }) => Object.values(variables));
  return new Set(values.flatMap((value) => value.match(ISSUER_URL) ?? []));
}

/**
 * The variables by which the AWS SDKs of a function find services: Lambda is here, what was given is elsewhere, and
 * everything else is told that it is not served.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function endpointVariables(
  { url, services }: FunctionEndpoints,
  functionName: string,
): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: `${url}${OTHER_SERVICES}${functionName}`,
    AWS_ENDPOINT_URL_LAMBDA: url,
    ...Object.fromEntries(
      Object.entries(services).map(([name, endpoint]) => [
        `AWS_ENDPOINT_URL_${serviceName(name).toUpperCase()}`,
        endpoint,
      ]),
    ),
  };
}
