import type { TableDefinition } from './definition';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How far behind the latest restorable time is. */
const LATEST_MS = 5 * 60 * 1000;

/**
 * What there would be to restore: nothing is backed up here.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ContinuousBackupsDescription.html
 */
export function describeContinuousBackups({ pointInTimeRecovery: recovery }: TableDefinition, now: number) {
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: recovery
        ? {
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: recovery.days,
            EarliestRestorableDateTime: Math.max(recovery.since, now - recovery.days * DAY_MS) / 1000,
            LatestRestorableDateTime: Math.max(recovery.since, now - LATEST_MS) / 1000,
          }
        : { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  };
}
