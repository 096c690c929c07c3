import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { Environment } from '../environment';

/** Says which Terraform a stack takes, and where and with which tags the AWS provider makes things. */
export function useAws(stack: TerraformStack, id: string, environment: Environment): void {
  new AwsProvider(stack, 'aws', {
    region: environment.region,
    defaultTags: [
      {
        tags: {
          project: 'serverless-crud-reference',
          environment: environment.name,
          system: id,
          ...environment.tags,
        },
      },
    ],
  });
  // The first with S3's own locks. https://developer.hashicorp.com/terraform/language/backend/s3#use_lockfile
  stack.addOverride('terraform.required_version', '>= 1.11.0');
}
