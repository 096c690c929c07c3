/** One `Allow` of an IAM policy. */
export interface Statement {
  readonly actions: readonly string[];
  /** ARN; left out of trust policies. */
  readonly resource?: string;
  /** Only in trust policies. */
  readonly principal?: Readonly<Record<string, string>>;
  /** By operator and key: `{ StringEquals: { 'kms:ViaService': '…' } }`. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The policy as JSON, inline rather than a data source, so that a plan shows what changes in it. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resource, principal, condition }) => ({
      Effect: 'Allow',
      Action: actions,
      ...(resource && { Resource: resource }),
      ...(principal && { Principal: principal }),
      ...(condition && { Condition: condition }),
    })),
  });
}
