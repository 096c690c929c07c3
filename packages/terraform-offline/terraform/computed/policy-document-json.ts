import type { Resource } from '../language/configuration/resource';

/** What the data source renders: the statements as an IAM policy. */
export function policyDocumentJson(document: Resource): string {
  for (const attribute of ['source_policy_documents', 'override_policy_documents']) {
    document.refuse(attribute, 'documents are not merged locally; write the statements into one document');
  }
  const Statement = document.blocks('statement').map((statement) => ({
    Sid: statement.optionalText('sid'),
    Effect: statement.text('effect', 'Allow'),
    Action: unlessEmpty(statement.texts('actions')),
    NotAction: unlessEmpty(statement.texts('not_actions')),
    Resource: unlessEmpty(statement.texts('resources')),
    NotResource: unlessEmpty(statement.texts('not_resources')),
    Principal: statement.value('principals'),
    NotPrincipal: statement.value('not_principals'),
    Condition: statement.value('condition'),
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function unlessEmpty(texts: readonly string[]): readonly string[] | undefined {
  return texts.length > 0 ? texts : undefined;
}
