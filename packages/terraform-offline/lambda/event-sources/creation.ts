import type { AccessAnalyzer } from '../../iam/access-analyzer';
import type { Role } from '../../iam/role';
import type { EventSourceMapping } from '../../terraform/model/event-source-mapping';
import type { Model, Stack } from '../../terraform/model/stack';
import type { Unserved } from '../../terraform/model/unserved';
import { parseFunctionArn, versionNumber } from '../version';

/** What Lambda asks of the function's role. https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html */
const ACTIONS = ['GetRecords', 'GetShardIterator', 'ListStreams', 'DescribeStream'];

/**
 * Takes out the mappings that Lambda would not create, and says why: the function or the stream is not there, or its role
 * may not read the stream.
 * @param analyzer decides what roles may; undefined: they may do everything
 */
export function createdMappings({ stacks, ...model }: Model, analyzer: AccessAnalyzer | undefined): Model {
  const refusalOf = (mapping: EventSourceMapping) => refusal(mapping, stacks, analyzer);
  return {
    ...model,
    stacks: stacks.map((stack) => {
      const { eventSourceMappings = [] } = stack;
      const refused = eventSourceMappings.flatMap((mapping): Unserved[] => {
        const reason = refusalOf(mapping);
        const { address } = mapping;
        return reason === undefined
          ? []
          : [
              {
                address,
                reason: `${address}: ${reason}`,
                effect: 'its function gets no events of that source',
              },
            ];
      });
      return {
        ...stack,
        eventSourceMappings: eventSourceMappings.filter((one) => refusalOf(one) === undefined),
        unserved: [...stack.unserved, ...refused],
      };
    }),
  };
}

function refusal(
  { functionArn: invokedArn, streamArn }: EventSourceMapping,
  stacks: readonly Stack[],
  analyzer: AccessAnalyzer | undefined,
): string | undefined {
  const { functionArn, qualifier } = parseFunctionArn(invokedArn);
  const fn = stacks.flatMap(({ functions }) => functions).find(({ arn }) => arn === functionArn);
  if (!fn || versionNumber(fn, qualifier) === undefined) return `Function does not exist: ${invokedArn}`;
  const [tableArn] = streamArn.split('/stream/');
  const table = stacks.flatMap(({ tables }) => tables).find(({ arn }) => arn === tableArn);
  if (!table?.streamViewType)
    return `Stream not found: ${streamArn}; set the table's stream_enabled and stream_view_type`;
  const missing = analyzer
    ? ACTIONS.filter((action) => !mayRead(analyzer, fn.role, `dynamodb:${action}`, streamArn))
    : [];
  if (missing.length === 0) return undefined;
  return (
    `Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, ListStreams, ` +
    `and DescribeStream Actions on your stream in IAM. ${fn.role.name} may not dynamodb:${missing.join(', dynamodb:')}`
  );
}

/** ListStreams is of no stream; policies that allow it on one are taken, as they are by AWS. */
function mayRead(analyzer: AccessAnalyzer, role: Role, action: string, streamArn: string): boolean {
  const resources = action.endsWith(':ListStreams') ? [streamArn, '*'] : [streamArn];
  return resources.some((resource) => analyzer.denial(role, action, resource) === undefined);
}
