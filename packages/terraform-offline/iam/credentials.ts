import { createHash } from 'node:crypto';
import type { Role } from './role';

/** What Lambda hands a function so that it acts as its role. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** May do everything: creates the tables, and is what `aws dynamodb --endpoint-url` and the table browser use. */
export const OPERATOR: Credentials = {
  accessKeyId: 'AKIALOCALOPERATOR000',
  secretAccessKey: 'local',
  sessionToken: 'local',
};

/**
 * The temporary credentials of a role: the same at every start, and known to the local database alone.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function credentialsFor(role: Pick<Role, 'arn'>): Credentials {
  return {
    accessKeyId: `ASIA${base32(digest('access key', role.arn)).slice(0, 16)}`,
    secretAccessKey: digest('secret', role.arn).toString('base64').slice(0, 40),
    sessionToken: digest('session', role.arn).toString('base64'),
  };
}

function digest(purpose: string, arn: string): Buffer {
  return createHash('sha256').update(`${purpose} of ${arn}`).digest();
}

function base32(bytes: Buffer): string {
  return Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte % 32)).join('');
}
