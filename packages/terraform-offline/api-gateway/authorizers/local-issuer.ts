import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { messageOf } from '../../message-of';

/** Signs tokens as an issuer that cannot be reached from here, or that has no users here. */
export interface LocalIssuer {
  /** What its signatures are verified with. */
  readonly keys: JSONWebKeySet;
  /** A token with these claims; unless they say so, it is of now, and holds for an hour. */
  readonly sign: (claims: JWTPayload) => Promise<string>;
}

const ALGORITHM = 'RS256';
const VALID_FOR_SECONDS = 3600;

/** In the data folder: whoever reads it signs tokens that this machine takes, and no other. */
const FILE = 'token-key.json';

/** @param folder of the data; undefined for a key that ends with this process */
export async function openLocalIssuer(folder: string | undefined): Promise<LocalIssuer> {
  return issuerOf((await storedKey(folder)) ?? (await newKey(folder)));
}

/**
 * The issuer of a server that runs, or ran, on this folder.
 * @throws when none did: its tokens would be signed by a key that nobody knows
 */
export async function storedIssuer(folder: string): Promise<LocalIssuer> {
  const key = await storedKey(folder);
  if (key) return issuerOf(key);
  throw new Error(
    `${path.join(folder, FILE)} is not there: serve a configuration that takes tokens first, not with --in-memory, or name its folder with --data-dir`,
  );
}

async function storedKey(folder: string | undefined): Promise<JWK | undefined> {
  if (folder === undefined) return undefined;
  const file = path.join(folder, FILE);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read: ${messageOf(error)}; delete it, and a new key is made`, {
      cause: error,
    });
  }
}

async function newKey(folder: string | undefined): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = await exportJWK(privateKey);
  const named = { ...key, alg: ALGORITHM, use: 'sig', kid: `local-${await calculateJwkThumbprint(key)}` };
  if (folder !== undefined) {
    await writeFile(path.join(folder, FILE), `${JSON.stringify(named)}\n`, { mode: 0o600 });
  }
  return named;
}

function issuerOf(key: JWK): LocalIssuer {
  const { kty, n, e, alg, use, kid } = key;
  return {
    keys: { keys: [{ kty, n: n!, e: e!, alg: alg!, use: use!, kid: kid! }] },
    async sign(claims) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ iat: now, exp: now + VALID_FOR_SECONDS, ...claims })
        .setProtectedHeader({ alg: ALGORITHM, ...(kid !== undefined && { kid }) })
        .sign(await importJWK(key, ALGORITHM));
    },
  };
}
