import * as z from 'zod/mini';

const many = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => (typeof value === 'string' ? [value] : value)),
);
const principals = z.union([z.literal('*'), z.record(z.string(), many)]);
const conditions = z.record(z.string(), z.record(z.string(), z.unknown()));

const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.optional(many),
  NotAction: z.optional(many),
  Resource: z.optional(many),
  NotResource: z.optional(many),
  Principal: z.optional(principals),
  NotPrincipal: z.optional(principals),
  Condition: z.optional(conditions),
});

const policy = z.object({
  Statement: z.pipe(
    z.union([statement, z.array(statement)]),
    z.transform((value) => (Array.isArray(value) ? value : [value])),
  ),
});

export type Statement = z.infer<typeof statement>;

/** The statements of a policy document: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export type Policy = readonly Statement[];

/** The policy that a text holds; none when the text is not a policy. */
export function parsePolicy(text: unknown): Policy | undefined {
  if (typeof text !== 'string' || !text.includes('"Statement"')) return undefined;
  try {
    return policy.parse(JSON.parse(text)).Statement;
  } catch {
    return undefined;
  }
}
