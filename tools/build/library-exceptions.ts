import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { projectRoot } from '../project-root';

/** How a library is changed on its way into a deployed bundle. */
type Change =
  /** A file of this folder stands in its place. */
  | { readonly replacement: string }
  /** It stays out: whoever asks for it at run time fails. */
  | { readonly external: true }
  /** Only these members of a JSON file come along. */
  | { readonly members: readonly string[] }
  /** Modules of it that nothing is imported from stay out. */
  | { readonly sideEffects: false };

/** A library that deployed bundles do not take as it comes. */
export type LibraryException = Change & {
  readonly module: string;
  readonly reason: string;
  /** The test that shows that nothing is missing. */
  readonly test: string;
};

const WHOLE_BUNDLES = '__tests__/tools/build/library-exceptions.test.ts';

/** All of them: nowhere else is a library not taken as it comes. `npm run bench:cold` measures what they gain. */
export const libraryExceptions: readonly LibraryException[] = [
  {
    module: '@aws-sdk/credential-provider-node',
    replacement: 'lambda-credentials.ts',
    reason:
      'Lambda hands a function its credentials in the environment and nowhere else; the full chain brings in undici and takes 1.4 times as long to load.',
    test: WHOLE_BUNDLES,
  },
  {
    module: '@aws-sdk/middleware-endpoint-discovery',
    replacement: 'no-endpoint-discovery.ts',
    reason: 'No command of DynamoDB discovers its endpoint; the client sets up a cache and settings for it.',
    test: WHOLE_BUNDLES,
  },
  {
    module: '@smithy/core/event-streams',
    external: true,
    reason:
      'No operation of DynamoDB streams. That it may be imported later makes esbuild wrap the modules it shares in lazy closures, and brings in node:zlib.',
    test: WHOLE_BUNDLES,
  },
  {
    module: '@aws-sdk/client-dynamodb/package.json',
    members: ['version'],
    reason: 'The user agent tells its version; the rest would be a kilobyte of every zip.',
    test: WHOLE_BUNDLES,
  },
  {
    module: '@aws-sdk/lib-dynamodb',
    sideEffects: false,
    reason:
      'It does not declare what its siblings do, so that paginators and their commands would come along.',
    test: WHOLE_BUNDLES,
  },
];

/** What esbuild has to be told of them. */
export const libraryExceptionOptions = {
  alias: Object.fromEntries(
    libraryExceptions.flatMap((exception) =>
      'replacement' in exception
        ? [[exception.module, path.join(projectRoot, 'tools/build', exception.replacement)]]
        : [],
    ),
  ),
  external: libraryExceptions.filter((exception) => 'external' in exception).map(({ module }) => module),
  plugins: libraryExceptions.flatMap((exception) => {
    if ('members' in exception) return [onlyMembers(exception.module, exception.members)];
    if ('sideEffects' in exception) return [withoutSideEffects(exception.module)];
    return [];
  }),
} satisfies BuildOptions;

/** What a bundle would have to find in Lambda, though it is neither Node's own nor an exception. */
export function unknownExternals({ imports }: Metafile['outputs'][string]): string[] {
  return imports
    .filter(({ path, external }) => external && !isBuiltin(path))
    .map(({ path }) => path)
    .filter((module) => !libraryExceptionOptions.external.includes(module));
}

function onlyMembers(file: string, members: readonly string[]): Plugin {
  return {
    name: `only members of ${file}`,
    setup(bundler) {
      bundler.onLoad({ filter: endingIn(`node_modules/${file}`) }, ({ path }) => {
        const whole = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
        const kept = Object.fromEntries(members.map((member) => [member, whole[member]]));
        return { contents: JSON.stringify(kept), loader: 'json' };
      });
    },
  };
}

function withoutSideEffects(module: string): Plugin {
  return {
    name: `no side effects in ${module}`,
    setup(bundler) {
      bundler.onResolve({ filter: endingIn(module) }, async ({ path, pluginData, ...how }) => {
        // The question is its own, from the line below.
        if (pluginData === module) return undefined;
        const resolved = await bundler.resolve(path, { ...how, pluginData: module });
        return { ...resolved, sideEffects: false };
      });
    },
  };
}

function endingIn(text: string): RegExp {
  return new RegExp(`(^|/)${text.replace(/[.]/g, '\\.')}$`);
}
