import { operation } from '../operation';
import { allStreams } from '../streams/streams';
import { limit } from '../tables/request-shapes';
import { string, structure } from '../validation/shape';

const MOST_STREAMS = 100;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html */
export const listStreams = operation(
  structure('ListStreamsInput', {
    TableName: string({ min: 3, max: 255, pattern: '[a-zA-Z0-9_.-]+' }),
    Limit: limit(MOST_STREAMS),
    ExclusiveStartStreamArn: string({ min: 37, max: 1024 }),
  }),
  ({ tables }, { TableName, Limit = MOST_STREAMS, ExclusiveStartStreamArn: start = '' }) => {
    const streams = allStreams(tables)
      .filter(({ table, arn }) => arn > start && (TableName === undefined || table.name === TableName))
      .sort((one, other) => (one.arn < other.arn ? -1 : 1));
    const page = streams.slice(0, Limit);
    return {
      Streams: page.map(({ arn, label, table }) => ({
        StreamArn: arn,
        TableName: table.name,
        StreamLabel: label,
      })),
      ...(streams.length > Limit && { LastEvaluatedStreamArn: page.at(-1)!.arn }),
    };
  },
);
