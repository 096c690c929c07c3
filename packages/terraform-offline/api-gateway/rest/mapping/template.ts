import { Compile, parse } from 'velocityjs';
import { javaMethods } from './java-methods';
import { toText } from './text';

/** `$input`, `$context`, `$util`, `$stageVariables`; made for one rendering, which sets variables of its own in it. */
export type Variables = Record<string, unknown>;

export type RenderTemplate = (variables: Variables) => string;

const CONFIGURATION = { customMethodHandlers: javaMethods };

/** Velocity as API Gateway runs it: an unknown or null reference prints nothing. */
class Template extends Compile {
  protected override getReferences(...[ast, isPrinted]: Parameters<Compile['getReferences']>): string {
    const value: unknown = super.getReferences(ast, isPrinted);
    return (isPrinted ? toText(value) : value) as string;
  }
}

/** Renders a mapping template, parsing it when it is first rendered: one that is no Velocity throws then. */
export function compileTemplate(template: string): RenderTemplate {
  let ast: ReturnType<typeof parse> | undefined;
  return (variables) => {
    ast ??= parse(template);
    return new Template(ast, CONFIGURATION).render(variables, undefined, true);
  };
}
