import documents from './managed-policies.json';
import { parsePolicy, type Policy } from './policy';

const DOCUMENTS: Readonly<Record<string, unknown>> = documents;

/**
 * A policy of AWS's own, of those that people attach to functions; undefined for another one. The documents, one a line,
 * are those that moto has from AWS: https://github.com/getmoto/moto/blob/master/moto/iam/aws_managed_policies.py
 * @param arn `arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`
 */
export function managedPolicy(arn: string): Policy | undefined {
  return Object.hasOwn(DOCUMENTS, arn) ? parsePolicy(arn, DOCUMENTS[arn]) : undefined;
}

/** Its JSON text. */
export function managedPolicyDocument(arn: string): string | undefined {
  return Object.hasOwn(DOCUMENTS, arn) ? JSON.stringify(DOCUMENTS[arn]) : undefined;
}

/** The ARN of a policy of AWS's own by its name alone; undefined for another one. */
export function managedPolicyArn(name: string): string | undefined {
  return Object.keys(DOCUMENTS).find((arn) => arn.endsWith(`/${name}`));
}

/** Whether an ARN is that of a policy of AWS's own, known here or not. */
export function isManagedByAws(arn: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(arn);
}
