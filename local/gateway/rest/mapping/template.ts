import { Compile, parse } from 'velocityjs';
import { javaMethods } from './java-methods';
import { toText } from './text';

type Ast = ReturnType<typeof parse>;

/** `$input`, `$context`, `$util`, `$stageVariables`; made for one template, which sets variables of its own in it. */
export type Variables = Record<string, unknown>;

/** Velocity as API Gateway runs it: an unknown or null reference prints nothing. */
class Template extends Compile {
  protected override getReferences(...[ast, isPrinted]: Parameters<Compile['getReferences']>): string {
    const value: unknown = super.getReferences(ast, isPrinted);
    return (isPrinted ? toText(value) : value) as string;
  }
}

/** Renders mapping templates, parsing each once. A template that is no Velocity throws when it is rendered. */
export function templateRenderer() {
  const parsed = new Map<string, Ast>();
  return (template: string, variables: Variables): string => {
    const ast = parsed.get(template) ?? parse(template);
    parsed.set(template, ast);
    return new Template(ast, { customMethodHandlers: javaMethods }).render(variables, undefined, true);
  };
}
