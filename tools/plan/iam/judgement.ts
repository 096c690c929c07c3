import type { Condition } from 'terraform-offline/iam/policy';
import { DANGEROUS_ACTIONS } from '../tables/dangerous-actions';
import { accountIn } from './accounts';
import { isAnySource, isTooBroad } from './breadth';
import { areStricter, conditionText } from './condition';
import { covers, isPattern } from './pattern';
import { concernsWithin, type Right } from './right';

/** What decides whether a right that is gained needs a person. */
export interface Setting {
  /** What the same holder had before. */
  readonly before: readonly Right[];
  /** Whether the right is to assume a role. */
  readonly isTrust: boolean;
  /** Whether the holder did not exist. */
  readonly isNew: boolean;
  /** The plan's own accounts; empty when nothing tells. */
  readonly accounts: ReadonlySet<string>;
}

/** Why a right that is gained should not pass unseen; none for what features need: a named action on a named resource. */
export function objections(right: Right, setting: Setting): string[] {
  const toSelf = isOwnRoot(right, setting);
  return [
    ...loosened(right, setting),
    ...(toSelf ? [] : [...principal(right, setting), ...action(right, setting)]),
    ...resource(right, setting),
    ...sources(right, setting),
  ];
}

function loosened(right: Right, { before }: Setting): string[] {
  const held = before.filter(({ effect, conditions }) => effect === 'Allow' && conditions.length > 0);
  const holding = held.filter((other) => concernsWithin(right, other));
  if (holding.length === 0 || holding.some((other) => isSidestep(right.conditions, other.conditions)))
    return [];
  const lost = [...new Set(holding.flatMap(({ conditions }) => conditions.map(conditionText)))];
  return [`it was held back by the condition ${lost.join(', ')}, which no longer applies as it did`];
}

/** Whether sources only take the place of others and reach no further, as when a route is renamed. */
function isSidestep(after: readonly Condition[], before: readonly Condition[]): boolean {
  return before.every((condition) => {
    if (areStricter(after, [condition])) return true;
    const other = after.find(({ key, operator }) => key === condition.key && operator === condition.operator);
    if (condition.key !== SOURCE_ARN || !other || other.values.length > condition.values.length) return false;
    return !other.values.some((value) => condition.values.some((known) => covers(value, known)));
  });
}

function principal({ principal, conditions }: Right, { isTrust, isNew, accounts }: Setting): string[] {
  if (!principal) return [];
  if ('allBut' in principal) return ['that is everyone but those it names'];
  const name = principal.one;
  if (name === '*') {
    return isTrust || !conditions.some(isLimiting) ? ['that is everyone, of any account'] : [];
  }
  if (name.startsWith('Service ')) {
    if (isTrust) return isNew ? [] : [`${name.slice(8)} did not have it`];
    return conditions.some(isLimiting)
      ? []
      : [`${name.slice(8)} may do it on behalf of any account: name its source`];
  }
  if (!name.startsWith('AWS ')) return ['another system says who that is'];
  const account = accountIn(name);
  if (isPattern(name)) return ['the pattern takes in whoever comes to be called so'];
  const isOwn = OWN_ACCOUNT.test(name) || (account !== undefined && accounts.has(account));
  if (!isOwn) return ['that is another account'];
  return isTrust ? ['that is a further principal of the account'] : [];
}

function action({ action, actionText }: Right, { isTrust }: Setting): string[] {
  if ('allBut' in action) return ['everything but a few actions is more than anyone reads'];
  if (isPattern(action.one))
    return ['the pattern takes in actions that nobody named, and those that AWS adds later'];
  if (isTrust) return [];
  return DANGEROUS_ACTIONS.filter(
    ({ actions, except = [] }) => isListed(actionText, actions) && !isListed(actionText, except),
  ).map(({ why }) => why);
}

function resource({ resource, principal, actionText }: Right, { accounts }: Setting): string[] {
  // The resource of a resource's own policy is itself.
  if (!resource || principal) return [];
  if ('allBut' in resource) return ['everything but a few resources is more than anyone reads'];
  if (isTooBroad(resource.one, actionText)) return ['the pattern reaches resources that nobody named'];
  const account = accountIn(resource.one);
  return account !== undefined && accounts.size > 0 && !accounts.has(account)
    ? ['the resource is of another account']
    : [];
}

function sources({ conditions }: Right, { accounts }: Setting): string[] {
  return conditions
    .filter(({ key, operator }) => ACCOUNT_KEYS.includes(key) && !operator.includes('Not'))
    .flatMap(({ key, values }) => values.map((value) => ({ key, value })))
    .flatMap(({ key, value }) => {
      if (key === SOURCE_ARN && isAnySource(value)) return ['any source may do it: name one'];
      const account = accountIn(value) ?? /^\d{12}$/.exec(value)?.[0];
      return account !== undefined && accounts.size > 0 && !accounts.has(account)
        ? ['its source is of another account']
        : [];
    });
}

const SOURCE_ARN = 'aws:sourcearn';

/** Conditions that name an account. */
const ACCOUNT_KEYS = [
  SOURCE_ARN,
  'aws:sourceaccount',
  'aws:principalaccount',
  'aws:principalarn',
  'kms:calleraccount',
];

/**
 * Conditions that keep a policy from being public.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const LIMITING = [
  SOURCE_ARN,
  'aws:sourceaccount',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:principalaccount',
  'aws:principalarn',
  'kms:calleraccount',
  'kms:viaservice',
  's3:dataaccesspointaccount',
  'lambda:eventsourcetoken',
];

function isLimiting({ operator, key, values }: Condition): boolean {
  if (operator.includes('Not') || operator.endsWith('IfExists') || operator.startsWith('ForAllValues'))
    return false;
  if (!LIMITING.includes(key) && !key.startsWith('kms:encryptioncontext:')) return false;
  return values.length > 0 && values.every((value) => !/^[*?:]*$/.test(value) && !isWideRange(value));
}

/** AWS takes what is wider than /8, or /32 of IPv6, for the internet: the page above. */
function isWideRange(value: string): boolean {
  const [, address = '', length] = /^([\da-f.:]+)\/(\d+)$/i.exec(value) ?? [];
  return length !== undefined && Number(length) < (address.includes(':') ? 32 : 8);
}

/** As a configuration writes one that is not known yet. */
const OWN_ACCOUNT = /^AWS (\$\{aws_iam_(role|user)\.[^}]*arn\}$|arn:[^:]*:(iam|sts)::\$\{[^}]*account_id\}:)/;

/** An account's own root stands for its IAM policies, which decide: what every new key begins with. */
function isOwnRoot({ principal, action }: Right, { isTrust, accounts }: Setting): boolean {
  if (isTrust || !principal || !('one' in principal)) return false;
  const account = /^AWS arn:[^:]*:iam::(\d{12}|\$\{[^}]*account_id\}):root$/.exec(principal.one)?.[1];
  if (account === undefined) return false;
  const isKey = 'one' in action && action.one.startsWith('kms:');
  return accounts.has(account) || account.startsWith('$') || (accounts.size === 0 && isKey);
}

function isListed(action: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => covers(pattern.toLowerCase(), action.toLowerCase()));
}
