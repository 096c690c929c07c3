import { ACCOUNT } from '../../iam/arn';
import type { Compute } from './computed-attributes';
import type { Resource } from '../language/configuration/resource';

/** Stands in for what AWS would compute of a resource that is not served: in AWS's form, the same at every start. */
export const unknown: Readonly<Record<string, Compute>> = {
  arn: (resource) => `arn:aws:${serviceOf(resource)}:${placeOf(resource)}:${nameOf(resource)}`,
  id: nameOf,
  name: ({ name }) => name,
  url: (resource) =>
    `https://${serviceOf(resource)}.${resource.region}.amazonaws.com/${ACCOUNT}/${nameOf(resource)}`,
};

/** `sqs` of `aws_sqs_queue`. */
function serviceOf({ type }: Resource): string {
  return type.split('_')[1] ?? 'local';
}

/** Buckets are of no region and no account: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html */
function placeOf(resource: Resource): string {
  return serviceOf(resource) === 's3' ? ':' : `${resource.region}:${ACCOUNT}`;
}

function nameOf(resource: Resource): string {
  return resource.optionalText('bucket') ?? resource.text('name');
}
