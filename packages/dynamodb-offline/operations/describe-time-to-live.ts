import { operation } from '../operation';
import { checkTableName, tableNameOrArn } from '../tables/request-shapes';
import { structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html */
export const describeTimeToLive = operation(
  structure('DescribeTimeToLiveInput', { TableName: tableNameOrArn }),
  ({ tables }, { TableName = '' }) => {
    const { timeToLive } = tables.named(TableName).definition;
    return {
      TimeToLiveDescription: timeToLive
        ? { AttributeName: timeToLive.attribute, TimeToLiveStatus: 'ENABLED' }
        : { TimeToLiveStatus: 'DISABLED' },
    };
  },
  checkTableName,
);
