import { validation } from '../errors';
import type { ValueOf } from '../validation/shape';
import type { OnDemandThroughput, StreamViewType, TableClass, Throughput } from './definition';
import type {
  onDemandThroughput,
  provisionedThroughput,
  sseSpecification,
  streamSpecification,
} from './request-shapes';
import { invalidParameters } from './schema';

// What CreateTable and UpdateTable both check of a table's settings, and what they make of them.

const MOST_UNITS = 1_000_000_000_000;

export const NO_THROUGHPUT: Throughput = { read: 0, write: 0, decreasesToday: 0 };

type Provisioned = ValueOf<typeof provisionedThroughput>;

export function throughputOf(asked: Provisioned | undefined): Throughput {
  if (!asked) return NO_THROUGHPUT;
  return { read: asked.ReadCapacityUnits, write: asked.WriteCapacityUnits, decreasesToday: 0 };
}

export function checkUnits(asked: Provisioned | undefined): void {
  for (const name of ['ReadCapacityUnits', 'WriteCapacityUnits'] as const) {
    if (asked && asked[name] > MOST_UNITS) {
      throw validation(`Given value ${asked[name]} for ${name} is out of bounds`);
    }
  }
}

/**
 * @param of `table`, or `index: GameTitleIndex`
 * @param unset the value that takes a limit away, where one can be
 */
export function checkOnDemandThroughput(
  asked: ValueOf<typeof onDemandThroughput> | undefined,
  of: string,
  isProvisioned: boolean,
): void {
  for (const name of ['MaxReadRequestUnits', 'MaxWriteRequestUnits'] as const) {
    const units = asked?.[name];
    if (units === undefined) continue;
    if (isProvisioned) {
      throw invalidParameters(
        `${name} for OnDemandThroughput cannot be specified${of === 'table' ? '' : ` for ${of}`} when the table BillingMode is PROVISIONED`,
      );
    }
    if (units < 1 && units !== -1) {
      throw invalidParameters(`Requested ${name} for OnDemandThroughput for ${of} is outside of valid range`);
    }
  }
}

/** -1 takes a limit away. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_OnDemandThroughput.html */
export function onDemandThroughputOf(
  asked: ValueOf<typeof onDemandThroughput> | undefined,
  before?: OnDemandThroughput,
): OnDemandThroughput | undefined {
  const limits = Object.entries({ ...before, ...asked }).filter(([, units]) => units !== -1);
  return limits.length > 0 ? Object.fromEntries(limits) : undefined;
}

/** @returns undefined when no stream is asked for */
export function newStreamView(
  asked: ValueOf<typeof streamSpecification> | undefined,
): StreamViewType | undefined {
  if (!asked) return undefined;
  const { StreamEnabled, StreamViewType: viewType } = asked;
  if (StreamEnabled && viewType === undefined) {
    throw invalidParameters('Table is being created with a stream enabled, UpdateViewType is required');
  }
  if (!StreamEnabled && viewType !== undefined) {
    throw invalidParameters(
      'Table is being created with a stream disabled, UpdateViewType should not be specified',
    );
  }
  return viewType;
}

export function checkTableClass(asked: string | undefined): asserts asked is TableClass | undefined {
  if (asked === undefined || asked === 'STANDARD' || asked === 'STANDARD_INFREQUENT_ACCESS') return;
  throw validation(
    'Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].',
  );
}

export function checkEncryption(asked: ValueOf<typeof sseSpecification> | undefined): void {
  if (!asked) return;
  const { Enabled, SSEType, KMSMasterKeyId } = asked;
  if (!Enabled && SSEType !== undefined)
    throw invalidParameters('SSEType can not be specified if Enabled is false');
  if (!Enabled && KMSMasterKeyId !== undefined) {
    throw invalidParameters('KMSMasterKeyId can not be specified if Enabled is false');
  }
  if (SSEType === 'AES256') throw invalidParameters('SSEType AES256 is not supported');
}

/** Nothing is encrypted here; the description tells the key that would be used. */
export function encryptionOf(
  asked: ValueOf<typeof sseSpecification> | undefined,
  keyArnPrefix: string,
): { readonly keyArn: string } | undefined {
  if (!asked?.Enabled) return undefined;
  const id = asked.KMSMasterKeyId;
  if (id?.startsWith('arn:')) return { keyArn: id };
  return { keyArn: `${keyArnPrefix}:${id?.startsWith('alias/') ? id : `key/${id ?? crypto.randomUUID()}`}` };
}
