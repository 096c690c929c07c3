import { validation } from '../errors';
import { operation } from '../operation';
import { describeContinuousBackups } from '../tables/continuous-backups';
import type { TableDefinition } from '../tables/definition';
import { checkTableName, tableNameOrArn } from '../tables/request-shapes';
import { boolean, integer, required, structure } from '../validation/shape';
import { backedUpTable } from './describe-continuous-backups';

const LONGEST_DAYS = 35;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html */
export const updateContinuousBackups = operation(
  structure('UpdateContinuousBackupsInput', {
    TableName: tableNameOrArn,
    PointInTimeRecoverySpecification: required(
      structure('PointInTimeRecoverySpecification', {
        PointInTimeRecoveryEnabled: required(boolean),
        RecoveryPeriodInDays: integer({ min: 1, max: LONGEST_DAYS }),
      }),
    ),
  }),
  async ({ tables, define, now }, { TableName = '', PointInTimeRecoverySpecification: asked }) => {
    const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days } = asked;
    if (!enabled && days !== undefined) {
      throw validation(
        'Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.',
      );
    }
    const updated = await define((writes) => {
      const { definition } = backedUpTable(tables, TableName);
      const before = definition.pointInTimeRecovery;
      const pointInTimeRecovery: TableDefinition['pointInTimeRecovery'] = enabled
        ? { since: before?.since ?? now(), days: days ?? before?.days ?? LONGEST_DAYS }
        : undefined;
      const after = { ...definition, pointInTimeRecovery };
      writes.define(after);
      return after;
    });
    return describeContinuousBackups(updated, now());
  },
  checkTableName,
);
