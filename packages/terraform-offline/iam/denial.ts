import type { Denial, Request, StatementReference } from './evaluate';

/** In AWS's words: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function denialMessage({ principal, action, resource }: Request, denial: Denial): string {
  const because =
    denial.outcome === 'explicitly-denied'
      ? `with an explicit deny in ${article(denial.by.type)} ${denial.by.type}`
      : `because no ${denial.lacking} allows the ${action} action`;
  const user = principal.session ?? principal.name;
  return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
}

function article(type: string): string {
  return type.startsWith('i') ? 'an' : 'a';
}

/** Who may not do what, and which statement refuses it, or which one would be needed. */
export function explanation({ principal, action, resource }: Request, denial: Denial): string {
  const may = `${nameOf(principal.name)} may not ${action} on ${resource}`;
  if (denial.outcome === 'explicitly-denied') return `${may}: ${statementText(denial.by)} denies it`;
  const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
  const where = {
    'identity-based policy': 'its policies lack',
    'permissions boundary': 'its permissions boundary lacks',
    'resource-based policy': 'the resource’s policy lacks',
  };
  const lacking = `${may}: ${where[denial.lacking]} the statement ${statement}`;
  if (!denial.withheld) return lacking;
  const { statement: nearly, condition } = denial.withheld;
  return `${lacking}; ${statementText(nearly)} would allow it if this held: ${condition}`;
}

/** `Statement[1] "NoDeletes" of the identity-based policy "limits"` */
function statementText({ type, policy, index, sid }: StatementReference): string {
  return `Statement[${index}]${sid === undefined ? '' : ` "${sid}"`} of the ${type} "${policy}"`;
}

/** A role's without its ARN. */
export function nameOf(arn: string): string {
  return arn === '' ? 'an anonymous caller' : arn.replace(/^arn:aws:iam::\d+:(role|user)\/(.*\/)?/, '');
}
