// Where what is no API answers. No stack's id begins like these paths.

/** Lambda's Invoke API. */
export const LAMBDA = '/2015-03-31/functions/';

/** Before the name of a function: where its calls to services go that are not served. */
export const OTHER_SERVICES = '/_aws/';

/** Before an issuer's address, without its scheme: where functions find its keys. */
export const ISSUERS = '/_issuers/';

/** Before the name of a schedule that is fired by hand. */
export const FIRE = '/_explorer/fire/';
