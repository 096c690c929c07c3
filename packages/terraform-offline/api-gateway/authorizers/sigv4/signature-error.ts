/** A signature that is refused, with AWS's name for why. */
export class SignatureError extends Error {
  constructor(
    readonly code:
      | 'IncompleteSignatureException'
      | 'InvalidSignatureException'
      | 'MissingAuthenticationTokenException'
      | 'UnrecognizedClientException',
    message: string,
  ) {
    super(message);
  }
}
