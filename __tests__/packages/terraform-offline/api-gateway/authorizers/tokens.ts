import {
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';

export const issuer = 'https://issuer.example/';
/** 2030-01-01, when every test takes place. */
export const NOW = Date.UTC(2030, 0, 1);
export const seconds = NOW / 1000;

export interface Signer {
  readonly keys: JWTVerifyGetKey;
  /** The public key as PEM: what a confused verifier would take for a secret. */
  readonly pem: string;
  sign(claims?: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
}

/** An issuer with one key, named `one`. */
export async function signer(): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }];
  return {
    keys: createLocalJWKSet({ keys }),
    pem: await exportSPKI(publicKey),
    sign: (claims = {}, header = {}) =>
      new SignJWT({ iss: issuer, aud: 'app', exp: seconds + 60, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
        .sign(privateKey),
  };
}

export function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
