/**
 * The JSON of a `data.aws_iam_policy_document` as a configuration writes it, so that it can be read before Terraform does.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 * @returns nothing where it is made of other documents, or of blocks that are not written out
 */
export function policyDocumentText(document: Fields): string | undefined {
  if (Object.keys(document).some((name) => !['//', 'statement', 'version', 'policy_id'].includes(name))) {
    return undefined;
  }
  return JSON.stringify({ Statement: blocks(document.statement).map(statement) });
}

type Fields = Readonly<Record<string, unknown>>;

const ELEMENTS = {
  actions: 'Action',
  not_actions: 'NotAction',
  resources: 'Resource',
  not_resources: 'NotResource',
};

function statement(block: Fields): Fields {
  const elements = Object.entries(ELEMENTS).flatMap(([name, element]) =>
    block[name] == null ? [] : [[element, block[name]] as const],
  );
  return {
    Effect: block.effect ?? 'Allow',
    ...Object.fromEntries(elements),
    ...(block.principals != null && { Principal: principals(block.principals) }),
    ...(block.not_principals != null && { NotPrincipal: principals(block.not_principals) }),
    ...(block.condition != null && { Condition: conditions(block.condition) }),
  };
}

function principals(value: unknown): Fields {
  const byType: Record<string, unknown[]> = {};
  for (const { type, identifiers } of blocks(value)) {
    const kind = type === '*' ? 'AWS' : String(type);
    byType[kind] = [...(byType[kind] ?? []), identifiers].flat();
  }
  return byType;
}

function conditions(value: unknown): Fields {
  const byOperator: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of blocks(value)) {
    byOperator[String(test)] = { ...byOperator[String(test)], [String(variable)]: values };
  }
  return byOperator;
}

/** One block stands alone, several in a list. */
function blocks(value: unknown): Fields[] {
  return [value ?? []].flat().filter((block): block is Fields => typeof block === 'object' && block !== null);
}
