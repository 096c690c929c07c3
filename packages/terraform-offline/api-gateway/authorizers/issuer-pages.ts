import { messageOf } from '../../message-of';
import { ISSUERS } from '../../server/paths';
import type { Gateway, HttpResponse } from '../../server/request';
import type { KeySets } from './issuers';
import type { LocalIssuer } from './local-issuer';

interface IssuerPagesOptions {
  /** Those that functions are told: `https://login.example.com/.well-known/openid-configuration`. No others are asked for. */
  readonly addresses: ReadonlySet<string>;
  readonly localIssuer: () => Promise<LocalIssuer>;
  /** Whether the configuration itself makes the issuer. */
  readonly isLocal: (issuer: string) => boolean;
  /** Key sets that were given, by issuer. */
  readonly jwks: KeySets;
  /** Where this answers. */
  readonly url: string;
  readonly log: (message: string) => void;
}

const TIMEOUT_MS = 1500;
/** `login.example.com/.well-known/jwks.json`, and where the keys are that this machine has of the issuer. */
const PAGE = /^(.+)\/(?:\.well-known\/(openid-configuration|jwks\.json)|keys)$/;

/**
 * Answers functions that verify tokens, in place of the issuers whose addresses they have. The keys are those that were given;
 * for an issuer of this configuration the local issuer's; else what the issuer itself answers or, where it cannot be reached,
 * the local issuer's.
 */
export function issuerPages({
  addresses,
  localIssuer,
  isLocal,
  jwks,
  url,
  log,
}: IssuerPagesOptions): Gateway {
  const places = new Set([...addresses].map((address) => PAGE.exec(address)?.[1]));

  return async ({ method, rawPath }) => {
    const [, place = '', page] = PAGE.exec(rawPath.slice(ISSUERS.length)) ?? [];
    const name = `https://${place}`;
    if (method !== 'GET' || !places.has(name)) return { status: 404, headers: [], body: '' };
    // An issuer's name may end in a slash, which its addresses do not show.
    const names = [name, `${name}/`];
    const given = names.find((issuer) => Object.hasOwn(jwks, issuer));
    const known = given ?? names.find(isLocal);
    if (known === undefined && page !== undefined) {
      const address = `${name}/.well-known/${page}`;
      const answered = await ask(address).catch((error: unknown) => {
        log(
          `${address} cannot be had: ${messageOf((error as Error).cause ?? error)}; functions take tokens of terraform-offline token for the issuer's`,
        );
      });
      if (answered !== undefined) return json(answered);
    }
    if (page === 'openid-configuration') {
      return json(JSON.stringify({ issuer: known ?? name, jwks_uri: `${url}${ISSUERS}${place}/keys` }));
    }
    return json(JSON.stringify(given === undefined ? (await localIssuer()).keys : jwks[given]));
  };
}

async function ask(address: string): Promise<string> {
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return response.text();
}

function json(body: string): HttpResponse {
  return { status: 200, headers: [['Content-Type', 'application/json']], body };
}
