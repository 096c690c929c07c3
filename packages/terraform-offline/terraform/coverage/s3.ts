import { type Coverage, notServed, served, withoutEffect } from './coverage';

const BUCKET = notServed(
  'requests to it reach nothing here; the code of functions that is kept in it is read from where it comes from',
);

/** Where many keep the code of their functions. A bucket is named; its settings need not be, too. */
export const s3: Coverage = {
  aws_s3_bucket: BUCKET,
  aws_s3_bucket_acl: withoutEffect,
  aws_s3_bucket_cors_configuration: withoutEffect,
  aws_s3_bucket_lifecycle_configuration: withoutEffect,
  aws_s3_bucket_logging: withoutEffect,
  aws_s3_bucket_object: served,
  aws_s3_bucket_ownership_controls: withoutEffect,
  aws_s3_bucket_policy: withoutEffect,
  aws_s3_bucket_public_access_block: withoutEffect,
  aws_s3_bucket_server_side_encryption_configuration: withoutEffect,
  aws_s3_bucket_versioning: withoutEffect,
  aws_s3_object: served,
};
