import type { Values } from '../plan-json';
import { refused, type Rule } from '../rule';

/** What is given to other accounts as a whole, with no policy that says so. */
export const sharing: Rule =
  ({ plan: { accounts } }) =>
  ({ type, change: { before, after } }) => {
    const share = SHARES[type];
    if (!share || !after) return [];
    const known = withWhom(share, before);
    return withWhom(share, after)
      .filter((name) => !known.includes(name) && !accounts.has(accountIn(name)))
      .map((name) =>
        refused(`would let ${name === 'all' ? 'every account of AWS' : name} use ${share.what(after)}`),
      );
  };

interface Share {
  /** Attributes that say with whom. */
  readonly with: readonly string[];
  readonly what: (values: Values) => string;
}

const SHARES: Readonly<Record<string, Share>> = {
  aws_ami_launch_permission: {
    with: ['account_id', 'group', 'organization_arn', 'organizational_unit_arn'],
    what: ({ image_id }) => `the image ${String(image_id)}`,
  },
  aws_db_snapshot: { with: ['shared_accounts'], what: () => 'the snapshot, and all that is in it' },
  aws_db_cluster_snapshot: { with: ['shared_accounts'], what: () => 'the snapshot, and all that is in it' },
  aws_ram_principal_association: {
    with: ['principal'],
    what: ({ resource_share_arn: arn }) => `what is shared by ${String(arn)}`,
  },
  aws_snapshot_create_volume_permission: {
    with: ['account_id'],
    what: ({ snapshot_id }) => `the snapshot ${String(snapshot_id)}, and all that is in it`,
  },
};

function withWhom({ with: attributes }: Share, values: Values | null): string[] {
  return attributes.flatMap((attribute) => [values?.[attribute] ?? []].flat().map(String)).filter(Boolean);
}

function accountIn(name: string): string {
  return /\d{12}/.exec(name)?.[0] ?? name;
}
