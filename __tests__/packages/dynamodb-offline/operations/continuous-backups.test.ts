import { useDatabase } from '../database';
import { simple } from '../table-shapes';

const db = useDatabase();
describe('point-in-time recovery', () => {
  it('is switched on, described and switched off', async () => {
    await db.ok('CreateTable', simple('Recovered'));
    const described = async () =>
      (await db.ok('DescribeContinuousBackups', { TableName: 'Recovered' })).ContinuousBackupsDescription;
    const off = {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    };
    const set = (PointInTimeRecoverySpecification: object) =>
      db.ok('UpdateContinuousBackups', { TableName: 'Recovered', PointInTimeRecoverySpecification });
    expect(await described()).toEqual(off);
    const on = await set({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 });
    expect(on.ContinuousBackupsDescription).toMatchObject({
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        RecoveryPeriodInDays: 7,
        EarliestRestorableDateTime: expect.any(Number) as unknown,
        LatestRestorableDateTime: expect.any(Number) as unknown,
      },
    });
    await set({ PointInTimeRecoveryEnabled: false });
    expect(await described()).toEqual(off);
  });

  it('has an error of its own for a table that is not there', async () => {
    expect(await db.refusal('DescribeContinuousBackups', { TableName: 'Absent' })).toBe(
      'TableNotFoundException: Table not found: Absent',
    );
  });
});
