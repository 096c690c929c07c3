import type { Table } from '../constructs/table';

/**
 * Keeps a copy of a table in another region, which takes writes too: a global table. Where both write the same item, the last
 * one wins. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html
 * @param region such as `eu-central-1`
 */
export function replicate({ resources: { table } }: Table, region: string): void {
  table.streamEnabled = true;
  table.streamViewType = 'NEW_AND_OLD_IMAGES';
  table.putReplica([
    {
      regionName: region,
      pointInTimeRecovery: true,
      deletionProtectionEnabled: table.deletionProtectionEnabledInput,
      propagateTags: true,
    },
  ]);
}
