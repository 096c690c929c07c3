import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { policyDocument } from '../constructs/policy-document';
import type { Table } from '../constructs/table';

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html */
const BACKUP = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';

/** Backs a table up every night with AWS Backup, for longer than point-in-time recovery reaches back. */
export function backUp(table: Table, name: string, days = 90): void {
  const vault = new BackupVault(table, 'vault', { name });
  const plan = new BackupPlan(table, 'backup-plan', {
    name,
    rule: [
      {
        ruleName: 'nightly',
        targetVaultName: vault.name,
        schedule: 'cron(0 3 * * ? *)',
        lifecycle: { deleteAfter: days },
      },
    ],
  });
  const role = new IamRole(table, 'backup-role', {
    name: `${name}-backup`,
    assumeRolePolicy: policyDocument([
      { actions: ['sts:AssumeRole'], principal: { Service: 'backup.amazonaws.com' } },
    ]),
  });
  new IamRolePolicyAttachment(table, 'backup-policy', { role: role.name, policyArn: BACKUP });
  new BackupSelection(table, 'backup-selection', {
    name,
    planId: plan.id,
    iamRoleArn: role.arn,
    resources: [table.arn],
  });
}
