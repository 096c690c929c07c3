import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { Environment } from '../environment';

/** Says where a stack's state is kept: in the environment's bucket, or in a file beside `cdktf.out`. */
export function keepState(stack: TerraformStack, id: string, environment: Environment): void {
  const { name, stateBucket, region } = environment;
  if (stateBucket === undefined) {
    // Without the prefix: a new one would find no state, and make everything a second time.
    const file = name === 'default' ? id : `${id}-${name}`;
    // Outside cdktf.out, which is rebuilt at will, and relative: cdktf's own default holds this machine's path.
    new LocalBackend(stack, { path: `../../../terraform.${file}.tfstate` });
    return;
  }
  new S3Backend(stack, {
    bucket: stateBucket,
    key: `${name}/${id}.tfstate`,
    region,
    encrypt: true,
  });
  // cdktf knows DynamoDB's locks only. https://developer.hashicorp.com/terraform/language/backend/s3#use_lockfile
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}
