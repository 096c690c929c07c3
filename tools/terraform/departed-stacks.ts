import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Project, thisProject } from '../project-root';
import { stacksOf } from './stacks';

interface State {
  readonly resources?: readonly { readonly mode: string }[];
}

/** The app has this stack or the others, as main.ts says. */
const ACCOUNT = 'account';

/**
 * Stacks that the app has no longer, while a state file beside it says that their resources are still there: a sentence
 * for each. States in a bucket are not looked for.
 * @param project default: this one
 */
export function departedStacks({ root, outputFolder }: Project = thisProject()): string[] {
  const known = [...stacksOf(outputFolder).map(({ name }) => name), ACCOUNT];
  if (process.env.STACK === ACCOUNT) return [];
  return readdirSync(root).flatMap((file) => {
    const [, stack] = /^terraform\.(.+)\.tfstate$/.exec(file) ?? [];
    // An environment's name follows the stack's, as `stacks/constructs/state-backend.ts` gives them.
    if (stack === undefined || known.some((id) => stack === id || stack.startsWith(`${id}-`))) return [];
    const resources = resourcesIn(path.join(root, file));
    if (resources === 0) return [];
    return [
      `main.ts has no stack ${stack} any more, but ${file} holds ${resources} resources of it, which stay on AWS and cost: ` +
        `put the stack back, run "npx cdktf destroy ${stack}", and remove it then`,
    ];
  });
}

function resourcesIn(file: string): number {
  const { resources = [] } = JSON.parse(readFileSync(file, 'utf8')) as State;
  return resources.filter(({ mode }) => mode === 'managed').length;
}
