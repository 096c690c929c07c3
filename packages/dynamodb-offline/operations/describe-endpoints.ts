import { operation } from '../operation';
import { structure } from '../validation/shape';

/**
 * Clients that look for endpoints are to stay here.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html
 */
export const describeEndpoints = operation(structure('DescribeEndpointsRequest', {}), ({ address }) => ({
  Endpoints: [{ Address: address(), CachePeriodInMinutes: 1440 }],
}));
