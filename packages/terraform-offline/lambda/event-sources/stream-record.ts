import { parseArn } from '../../iam/arn';
import { isObject } from '../../is-object';

/** What of a stream record is read here. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html */
export interface StreamRecord {
  readonly userIdentity?: { readonly Type?: string; readonly PrincipalId?: string };
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
  };
}

/** A record as functions, and the patterns of filters, see it: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export function eventRecord({ userIdentity, ...record }: StreamRecord, streamArn: string): object {
  return {
    ...record,
    awsRegion: parseArn(streamArn).region,
    ...(isObject(userIdentity) && {
      userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type },
    }),
    eventSourceARN: streamArn,
  };
}
