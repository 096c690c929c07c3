import { assertSettings, type EnvironmentSettings } from './environment/settings';

/** An environment: its name, its settings and how its resources are called. */
export interface Environment extends EnvironmentSettings {
  readonly name: string;
  /**
   * A resource's name in this environment: as given in `default`, with the environment as suffix elsewhere.
   * @example resourceName('StoreDataFunction') // 'StoreDataFunction-staging'
   */
  resourceName(base: string): string;
  /**
   * The name of what all regions of an account share, such as a role: with the region too, unless it is the first.
   * @example globalName('StoreDataFunction-role') // 'StoreDataFunction-role-staging-eu-central-1'
   */
  globalName(base: string): string;
}

/** A name that can be a suffix of others. */
const NAME = /^[a-z][a-z0-9-]{0,15}$/;

/** What an environment has beside its settings. */
const DERIVED = new Set(['name', 'resourceName', 'globalName']);

/** The region whose names stay without it. */
const FIRST_REGION = 'us-east-1';

/** What every environment has, unless it says otherwise. */
export const defaults: EnvironmentSettings = {
  region: FIRST_REGION,
  runtime: 'nodejs24.x',
  logRetentionInDays: 14,
  authorization: {},
  allowPublic: [],
  throttling: { rateLimit: 100, burstLimit: 200 },
  // What the throttling of a stage lets through, with items of some KiB.
  onDemandThroughput: { maxReadRequestUnits: 1000, maxWriteRequestUnits: 500 },
  alarms: false,
  restApiLogs: false,
  deletionProtection: false,
};

/** The environments there are: add one here, with what differs from the defaults. */
const environments: Readonly<Record<string, Partial<EnvironmentSettings>>> = {
  // Open, so that the first deployment can be tried with curl; synth warns of it.
  default: { authorization: { '*': 'none' }, allowPublic: ['*'] },
  staging: { restApiLogs: true },
  production: { restApiLogs: true, logRetentionInDays: 365, deletionProtection: true, alarms: true },
};

/**
 * The environment of that name.
 * @param name one of `environments`; default `default`
 * @param stateBucket for an environment that does not name its own
 * @throws when there is no such environment, or one of its settings is not valid
 */
export function environment(name = 'default', stateBucket?: string): Environment {
  const settings = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (!settings) {
    const known = Object.keys(environments).join(', ');
    throw new Error(
      `unknown environment "${name}": set ENVIRONMENT to one of ${known}, or add it to stacks/environment.ts`,
    );
  }
  return withName(name, { ...defaults, ...(stateBucket && { stateBucket }), ...settings });
}

/**
 * An environment of these settings.
 * @throws when a setting is not valid, saying what was received and what is
 */
export function withName(name: string, settings: EnvironmentSettings): Environment {
  if (!NAME.test(name))
    throw new Error(
      `environment setting name: received ${JSON.stringify(name)}, expected up to 16 lower-case letters, digits and hyphens`,
    );
  const own = Object.fromEntries(Object.entries(settings).filter(([member]) => !DERIVED.has(member)));
  assertSettings(own);
  const { region, prefix } = settings;
  const resourceName = (base: string): string =>
    `${prefix ?? ''}${base}${name === 'default' ? '' : `-${name}`}`;
  return {
    ...settings,
    name,
    resourceName,
    globalName: (base) => ofRegion(resourceName(base), region),
  };
}

/** A name that tells regions apart: as given in the first, with the region as suffix elsewhere. */
export function ofRegion(name: string, region: string): string {
  return region === FIRST_REGION ? name : `${name}-${region}`;
}
