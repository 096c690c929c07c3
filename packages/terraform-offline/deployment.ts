import { issuerPages } from './api-gateway/authorizers/issuer-pages';
import { issuerKeys, type KeySets } from './api-gateway/authorizers/issuers';
import type { LocalIssuer } from './api-gateway/authorizers/local-issuer';
import { usageOf } from './api-gateway/authorizers/usage-plans';
import { disabledEndpoint, domainGateways } from './api-gateway/domains';
import type { GatewayDependencies } from './api-gateway/gateway';
import { httpGateway } from './api-gateway/http/gateway';
import { restGateway } from './api-gateway/rest/gateway';
import { systemClock } from './clock';
import { fireApi } from './events/fire-api';
import { createSchedules } from './events/schedules';
import { functionUrlGateway } from './function-urls/gateway';
import type { AccessAnalyzer } from './iam/access-analyzer';
import { callersOf } from './iam/callers';
import { credentialsFor } from './iam/credentials';
import type { OnDecision } from './iam/evaluate';
import type { Role } from './iam/role';
import { type FunctionEndpoints, issuerAddresses } from './lambda/endpoints';
import { createEventSources, type Streams } from './lambda/event-sources/event-sources';
import type { MappingState } from './lambda/event-sources/mapping-progress';
import { createInvokeApi } from './lambda/invoke-api';
import { otherServices } from './lambda/other-services';
import type { ProcessReaper } from './lambda/process-reaper';
import { createLambda, type Invoked } from './lambda/service';
import { byEveryArn } from './lambda/version';
import type { Log } from './log/log';
import type { Answer, Gateway, Pages } from './server/request';
import { createRouter, domainMountPoint, mountPoint, notServed } from './server/router';
import { type Api, identitiesOf, type Model, type Stack } from './terraform/model/stack';
import type { Unserved } from './terraform/model/unserved';

export interface DeploymentOptions {
  readonly model: Model;
  /** Ends what functions start, and has a folder for their code. */
  readonly reaper: ProcessReaper;
  /** Where the functions find DynamoDB. */
  readonly databaseEndpoint: string;
  /** Where this answers, and where functions find services that are not here. */
  readonly endpoints: FunctionEndpoints;
  /** What the tables' streams hold. */
  readonly streams: Streams;
  /** The folder of the source maps of functions' code. */
  readonly sourceMaps: string;
  /** Where functions find the AWS SDK that Lambda's Node.js has. */
  readonly sdkFolders: readonly string[];
  /** Whether stages answer 429 beyond their throttling settings. */
  readonly throttle: boolean;
  readonly localIssuer: () => Promise<LocalIssuer>;
  /** Given ones, by issuer. */
  readonly jwks: KeySets;
  /** Whether functions can be debugged: then no clock runs against them. */
  readonly inspect: boolean;
  /** Decides what Lambda does for a function's role, and by a policy who may call an API; undefined: all is allowed. */
  readonly analyzer: AccessAnalyzer | undefined;
  /** How long Lambda waits before it first retries an event that nobody waits for. Default: a minute. */
  readonly retryDelayMs?: number | undefined;
  /** Told of each event that a function is given, and of what IAM decides about callers. */
  readonly invoked: Invoked;
  readonly onDecision: OnDecision;
  /** What is there besides the APIs of a model. */
  readonly pages: (model: Model) => Pages;
  readonly log: Log;
}

/** Everything of the model but its tables, answering requests. */
export interface Deployment {
  readonly answer: Answer;
  /** How far the event source mappings are. */
  readonly mappingStates: () => readonly MappingState[];
  /** Serves this model from now on. Rejects, and goes on as before, when its code cannot be read. */
  update(model: Model): Promise<void>;
  close(): Promise<void>;
}

/** @throws when the code of a function, or a layer, cannot be read */
export async function deploy(options: DeploymentOptions): Promise<Deployment> {
  const { model, databaseEndpoint, sourceMaps, throttle, inspect, analyzer, retryDelayMs } = options;
  const { localIssuer, jwks, pages, log } = options;
  const functions = model.stacks.flatMap((stack) => stack.functions);
  const refusal =
    analyzer &&
    ((role: Role, action: string, resource: string) => analyzer.denial(role, action, resource)?.log);
  const lambda = createLambda({
    functions,
    reaper: options.reaper,
    databaseEndpoint,
    endpoints: options.endpoints,
    credentialsFor,
    sourceMaps,
    sdkFolders: options.sdkFolders,
    inspect,
    invoked: options.invoked,
    log,
    ...(retryDelayMs !== undefined && { retryDelayMs }),
    ...(refusal && { refusal }),
  });
  const warn = (message: string) => {
    log({ type: 'notice', level: 'warn', message });
  };
  const eventSources = createEventSources({
    streams: options.streams,
    invoke: lambda.invoke,
    log: warn,
    clock: systemClock,
  });
  const schedules = createSchedules({
    invokeAsync: lambda.invokeAsync,
    log: (level, message) => {
      log({ type: 'notice', level, message });
    },
    clock: systemClock,
  });
  let router = route(model);
  await eventSources.update(mappingsOf(model));
  schedules.update(schedulesOf(model));

  function route(model: Model): Answer {
    const { stacks } = model;
    const functions = stacks.flatMap((stack) => stack.functions);
    const byArn = new Map(functions.flatMap(byEveryArn).map((fn) => [fn.arn, fn]));
    const unserved = stacks.flatMap((stack) => stack.unserved);
    const issuers = new Set(stacks.flatMap(({ userPools = [] }) => userPools.map(({ issuer }) => issuer)));
    const isLocal = (issuer: string) => issuers.has(issuer);
    const keysOf = issuerKeys({ localIssuer, isLocal, jwks, now: systemClock.now });
    const use = usageOf(systemClock.now);
    const signers = {
      callers: callersOf(stacks.flatMap(({ principals = [] }) => principals)),
      analyzer,
      onDecision: options.onDecision,
    };
    const served = stacks.flatMap((stack) => {
      const dependencies: GatewayDependencies = {
        invoke: lambda.invoke,
        invokeAsync: lambda.invokeAsync,
        functionByArn: (arn) => byArn.get(arn),
        keysOf,
        signers,
        use,
        now: systemClock.now,
        // What a stack cannot have is not what another one has under that name.
        unservedByArn: (arn) =>
          withArn(arn, stack.unserved) ?? (byArn.has(arn) ? undefined : withArn(arn, unserved)),
        log: warn,
        enforceThrottling: throttle,
        ...(refusal && { refusal }),
        enforcePolicies: analyzer !== undefined,
        enforceTimeouts: !inspect,
      };
      return stack.apis.map((api) => ({ stack, api, gateway: gatewayOf(api, dependencies) }));
    });
    const domains = domainGateways(stacks, served, warn);
    return createRouter({
      gateways: new Map([
        ...stacks.flatMap(unreadable),
        ...served.map(({ stack, api, gateway }): [string, Gateway] => [
          mountPoint(stack, api),
          'isEndpointDisabled' in api && api.isEndpointDisabled ? disabledEndpoint(api, warn) : gateway,
        ]),
        ...stacks.flatMap((stack) =>
          (stack.domains ?? []).map(({ name }): [string, Gateway] => [
            domainMountPoint(stack, name),
            domains.get(name)!,
          ]),
        ),
      ]),
      domains,
      lambda: createInvokeApi({
        functions,
        unserved,
        invoke: lambda.invoke,
        invokeAsync: lambda.invokeAsync,
        ...(analyzer && {
          denial: (key, arn) => invocationDenial(identitiesOf(model), key, arn, analyzer, warn),
        }),
      }),
      otherServices: otherServices({ functions, log: warn }),
      issuers: issuerPages({
        addresses: issuerAddresses(functions),
        localIssuer,
        isLocal,
        jwks,
        url: options.endpoints.url,
        log: warn,
      }),
      fire: fireApi(schedules),
      pages: pages(model),
    });
  }

  return {
    answer: (request) => router(request),
    mappingStates: eventSources.states,
    async update(next) {
      const nextRouter = route(next);
      lambda.update(next.stacks.flatMap((stack) => stack.functions));
      router = nextRouter;
      schedules.update(schedulesOf(next));
      await eventSources.update(mappingsOf(next));
    },
    async close() {
      schedules.close();
      const closed = eventSources.close();
      await lambda.close();
      await closed;
    },
  };
}

function gatewayOf(api: Api, dependencies: GatewayDependencies): Gateway {
  switch (api.kind) {
    case 'rest':
      return restGateway(api, dependencies);
    case 'http':
      return httpGateway(api, dependencies);
    case 'function-url':
      return functionUrlGateway(api, dependencies);
  }
}

function schedulesOf({ stacks }: Model) {
  return stacks.flatMap(({ schedules = [] }) => schedules);
}

function mappingsOf({ stacks }: Model) {
  return stacks.flatMap(({ eventSourceMappings = [] }) => eventSourceMappings);
}

/** Of whoever has credentials of a role or user of the configuration; all others are at this machine. */
function invocationDenial(
  identities: readonly Role[],
  accessKeyId: string,
  functionArn: string,
  analyzer: AccessAnalyzer,
  log: (message: string) => void,
): string | undefined {
  const caller = identities.find((identity) => credentialsFor(identity).accessKeyId === accessKeyId);
  const denial = caller && analyzer.denial(caller, 'lambda:InvokeFunction', functionArn);
  if (denial) log(denial.log);
  return denial?.message;
}

function withArn(arn: string, unserved: readonly Unserved[]): Unserved | undefined {
  return unserved.find((one) => one.arn === arn);
}

/** What answers for a stack of which nothing can be read. */
function unreadable({ id, unserved }: Stack): [string, Gateway][] {
  const whole = unserved.find(({ address }) => address === id);
  return whole ? [[`/${id}`, () => Promise.resolve(notServed(whole))]] : [];
}
