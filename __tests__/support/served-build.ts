import { type Cloud, serve, type ServeOptions } from 'terraform-offline';
import { outputFolder } from '../../tools/project-root';

/** What the tests' setup built, served in this process. */
export interface ServedBuild extends Cloud {
  /** A stack's `api_gateway_url`. */
  readonly urlOf: (stackId: string) => string;
}

/** @param options default: the build as it stands, with nothing in its tables */
export async function serveBuild(options: Partial<ServeOptions> = {}): Promise<ServedBuild> {
  const cloud = await serve({ folder: outputFolder(), ...options });
  return {
    ...cloud,
    urlOf(stackId) {
      const { stacks } = cloud.model();
      const url = stacks.find(({ id }) => id === stackId)?.outputs.api_gateway_url;
      if (typeof url === 'string') return url;
      throw new Error(`no stack ${stackId}: ${stacks.map(({ id }) => id).join(', ')} are served`);
    },
  };
}
