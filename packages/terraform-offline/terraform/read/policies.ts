import { inLocalAccount } from '../../iam/arn';
import { unservedKeys } from '../../iam/condition-keys';
import { isManagedByAws, managedPolicy } from '../../iam/managed-policies';
import { parsePolicy, type Policy, type Statement } from '../../iam/policy';
import { wildcards } from '../../iam/wildcards';
import type { Block } from '../language/configuration/block';
import type { Attempts } from './attempts';

/**
 * The policy in an attribute of a block. What it compares that is not known here is noted: it refuses.
 * @throws when it is no policy
 */
export function readPolicy(attempts: Attempts, name: string, holder: Block, attribute = 'policy'): Policy {
  const where = `${holder.where}.${attribute}`;
  const policy = parsePolicy(name, holder.text(attribute), where);
  policy.statements.forEach((statement, i) => {
    if (!isDecidedHere(statement)) return;
    for (const key of unservedKeys(statement)) {
      attempts.note({
        address: holder.where,
        reason: `${where}.Statement[${i}]: ${key} is a condition key whose value is not known locally`,
        effect:
          statement.effect === 'Allow' ? 'the Allow does not apply' : 'the Deny applies, whatever its value',
      });
    }
  });
  return { ...policy, statements: policy.statements.map(ofLocalAccount) };
}

/**
 * The policy with this ARN: one of AWS's own, or one that a stack declares.
 * @param wantedBy for errors: the attribute that names it
 * @throws when there is none
 */
export function policyWithArn(attempts: Attempts, arn: string, wantedBy: string): Policy {
  if (isManagedByAws(arn)) {
    const managed = managedPolicy(arn);
    if (managed) return managed;
    throw new Error(
      `${wantedBy}: what AWS’s own policy ${arn} allows is not known locally; write its statements as an aws_iam_policy, or start with --no-iam`,
    );
  }
  const policy = attempts.findAnywhere('aws_iam_policy', 'arn', inLocalAccount(arn));
  if (policy) return readPolicy(attempts, policy.text('name'), policy);
  throw new Error(
    `${wantedBy}: no stack has an aws_iam_policy with the ARN ${arn}; declare it, or start with --no-iam`,
  );
}

/** Services whose requests are decided here; what a policy says of others has no effect. */
const DECIDED = ['dynamodb', 'execute-api', 'lambda', 'sts'];

function isDecidedHere({ actions, notActions }: Statement): boolean {
  if (notActions.length > 0) return true;
  return actions.some((action) => {
    const service = wildcards(action.split(':')[0]!, 'i');
    return DECIDED.some((one) => service.test(one));
  });
}

/** An account that is written out is the one that all of it will be deployed to. */
function ofLocalAccount(statement: Statement): Statement {
  return {
    ...statement,
    resources: statement.resources.map(inLocalAccount),
    notResources: statement.notResources.map(inLocalAccount),
  };
}
