import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import { isObject } from '../../is-object';
import { messageOf } from '../../message-of';
import { isLoopbackHost } from '../../server/access-control';
import type { LocalIssuer } from './local-issuer';

/** The keys of issuers, by their names: `https://example.eu.auth0.com/`. */
export type KeysOf = (issuer: string) => JWTVerifyGetKey;

/** There are no keys to verify a token with: it can neither be taken nor refused. */
export class IssuerUnreachable extends Error {}

/** By issuer. */
export type KeySets = Readonly<Record<string, JSONWebKeySet>>;

interface IssuersOptions {
  /** Opened when it is first needed. */
  readonly localIssuer: () => Promise<LocalIssuer>;
  /** Whether the configuration itself makes the issuer, as it does a Cognito user pool: it has no users but the local ones. */
  readonly isLocal: (issuer: string) => boolean;
  /** Key sets that were given, by issuer. */
  readonly jwks: KeySets;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** As long as API Gateway waits for them: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
const TIMEOUT_MS = 1500;
/** As long as API Gateway keeps keys. */
const KEPT_MS = 2 * 60 * 60 * 1000;
/** Who cannot be reached is not asked for each request. */
const RETRIED_AFTER_MS = 30_000;

/**
 * Finds the keys that tokens are verified with: those given for the issuer; for an issuer of this configuration the local
 * one's; else those in its discovery document. Where that cannot be had, tokens of the local issuer are still taken.
 * @returns a function whose results throw IssuerUnreachable where there are no keys
 */
export function issuerKeys({ localIssuer, isLocal, jwks, now }: IssuersOptions): KeysOf {
  const given = new Map(Object.entries(jwks).map(([issuer, keys]) => [issuer, createLocalJWKSet(keys)]));
  const remote = new Map<string, { readonly keys: Promise<JWTVerifyGetKey>; readonly askedAt: number }>();
  let local: ReturnType<typeof createLocalJWKSet> | undefined;

  const withLocalKey: JWTVerifyGetKey = async (header, token) =>
    (local ??= createLocalJWKSet((await localIssuer()).keys))(header, token);

  const discovered = (issuer: string): Promise<JWTVerifyGetKey> => {
    const known = remote.get(issuer);
    if (known && now() - known.askedAt < RETRIED_AFTER_MS) return known.keys;
    const keys = discover(issuer);
    const asked = { keys, askedAt: now() };
    remote.set(issuer, asked);
    keys.then(
      // What was found is kept: the key set looks for new keys itself.
      () => remote.set(issuer, { keys, askedAt: Infinity }),
      () => undefined,
    );
    return keys;
  };

  return (issuer) =>
    given.get(issuer) ??
    (isLocal(issuer)
      ? withLocalKey
      : async (header, token) => {
          try {
            return await (
              await discovered(issuer)
            )(header, token);
          } catch (error) {
            if (isAnswer(error)) throw error;
            if ((await localIssuer()).keys.keys.some(({ kid }) => kid === header.kid)) {
              return withLocalKey(header, token);
            }
            throw new IssuerUnreachable(
              `the keys of ${issuer} cannot be had: ${messageOf(error)}; give them with --jwks ${issuer}=FILE, or send a token of terraform-offline token`,
            );
          }
        });
}

/** Whether the keys were there, and none of them is the one. */
function isAnswer(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig */
async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = safeUrl(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
    const { cause } = error as Error;
    throw new Error(`${url.href}: ${messageOf(cause ?? error)}`, { cause: error });
  });
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  const document: unknown = await response.json();
  const keysUrl = isObject(document) ? document.jwks_uri : undefined;
  if (typeof keysUrl !== 'string') throw new Error(`${url.href} names no jwks_uri`);
  return createRemoteJWKSet(safeUrl(keysUrl), { timeoutDuration: TIMEOUT_MS, cacheMaxAge: KEPT_MS });
}

/** Keys that came over a network that anybody may write to would be anybody's. */
function safeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname))) return url;
  throw new Error(`${text} is no https address`);
}

/**
 * The key sets in files, by issuer.
 * @throws when a file cannot be read, or holds no key set
 */
export function readKeySets(files: Readonly<Record<string, string>>): KeySets {
  const sets = Object.entries(files).map(([issuer, file]) => {
    try {
      const keys = JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet;
      createLocalJWKSet(keys);
      return [issuer, keys] as const;
    } catch (error) {
      throw new Error(`${path.resolve(file)} holds no keys of ${issuer}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  });
  return Object.fromEntries(sets);
}
