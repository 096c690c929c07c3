import { parse, type Section } from 'dynalite/db/updateParser';

/** A `:value` of the request, as the parser hands it back. */
export class Placeholder {
  constructor(
    readonly name: string,
    readonly value: unknown,
  ) {}
}

export type UpdateSection = Section<Placeholder>;

interface UpdateParameters {
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * What an update does, section by section, with names and values resolved; in a string why DynamoDB would refuse it.
 * Types of values and reserved words are left to DynamoDB.
 */
export function updateSections(parameters: UpdateParameters): readonly UpdateSection[] | string {
  const { UpdateExpression, ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = parameters;
  if (UpdateExpression === undefined) return [];
  const attrVals = Object.fromEntries(
    Object.entries(ExpressionAttributeValues).map(([name, value]) => [name, new Placeholder(name, value)]),
  );
  try {
    const parsed = parse(UpdateExpression, {
      context: { attrNames: ExpressionAttributeNames, attrVals, isReserved: () => false },
    });
    return typeof parsed === 'string' ? parsed : parsed.sections;
  } catch (error) {
    return `Syntax error; ${(error as Error).message}`;
  }
}
