import { createHash } from 'node:crypto';
import type { ComputedAttributes } from './computed-attributes';
import type { Resource } from '../language/configuration/resource';

/** Zips are not made here, since the folders behind them are run: hashes of the address stand for theirs. */
const archive = {
  output_base64sha256: (file: Resource) => hashOf(file, 'sha256', 'base64'),
  output_base64sha512: (file: Resource) => hashOf(file, 'sha512', 'base64'),
  output_md5: (file: Resource) => hashOf(file, 'md5', 'hex'),
  output_sha: (file: Resource) => hashOf(file, 'sha1', 'hex'),
  output_sha256: (file: Resource) => hashOf(file, 'sha256', 'hex'),
  output_sha512: (file: Resource) => hashOf(file, 'sha512', 'hex'),
  id: (file: Resource) => hashOf(file, 'sha1', 'hex'),
};

export const archives: ComputedAttributes = { archive_file: archive, 'data.archive_file': archive };

function hashOf({ address }: Resource, algorithm: string, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(address).digest(encoding);
}
