import { validation } from '../errors';
import { operation } from '../operation';
import { checkTableName, tableNameOrArn } from '../tables/request-shapes';
import { boolean, required, string, structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html */
export const updateTimeToLive = operation(
  structure('UpdateTimeToLiveInput', {
    TableName: tableNameOrArn,
    TimeToLiveSpecification: required(
      structure('TimeToLiveSpecification', {
        AttributeName: required(string({ min: 1, max: 255 })),
        Enabled: required(boolean),
      }),
    ),
  }),
  async ({ tables, define, backfill, clean, now }, { TableName = '', TimeToLiveSpecification: asked }) => {
    const name = await define((writes) => {
      const { definition } = tables.named(TableName);
      const { timeToLive } = definition;
      if (!asked.Enabled && !timeToLive) throw validation('TimeToLive is already disabled');
      if (timeToLive && timeToLive.attribute !== asked.AttributeName) {
        throw validation(
          `TimeToLive is active on a different AttributeName: current AttributeName is ${timeToLive.attribute}`,
        );
      }
      if (asked.Enabled && timeToLive) throw validation('TimeToLive is already enabled');
      writes.define(
        {
          ...definition,
          timeToLive: asked.Enabled
            ? { attribute: asked.AttributeName, id: writes.newId(), backfilling: true, since: now() }
            : undefined,
        },
        timeToLive && [timeToLive.id],
      );
      return definition.name;
    });
    if (asked.Enabled) backfill(name);
    else clean();
    return { TimeToLiveSpecification: { AttributeName: asked.AttributeName, Enabled: asked.Enabled } };
  },
  checkTableName,
);
