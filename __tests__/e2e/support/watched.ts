import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Checkout } from '../../support/checkout';
import { type LocalServer, startLocalServer } from '../../support/local-server';

/** A handler of data-api to edit. */
export const HANDLER = 'functions/data-api/retrieve-data.ts';

/** Its text when it answers that. */
export const answering = (body: string) =>
  `export const handler = () => ({ statusCode: 200, body: '${body}' });\n`;

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** `npm start --watch` in a checkout of its own. */
export interface Watched {
  readonly checkout: Checkout;
  readonly server: LocalServer;
  /** Asks at first, and after everything that the log tells, until the answer is that one. */
  readonly until: (url: string, isExpected: (answer: Answered) => boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * @param systems that the checkout has; the fewer, the sooner it is built
 * @param options more of them, in the checkout that stands there
 */
export async function startWatching(
  systems: readonly string[],
  options: (root: string) => string[] = () => [],
): Promise<Watched> {
  const checkout = new Checkout();
  leaveOut(
    checkout,
    ['data-api', 'dynamodb-manager', 'items-api', 'order-api'].filter((system) => !systems.includes(system)),
  );
  const args = ['--in-memory', '--watch', ...options(checkout.root)];
  const server = await startLocalServer({ root: checkout.root, args });
  return {
    checkout,
    server,
    async until(url, isExpected) {
      for (;;) {
        const known = server.notices.length;
        const answer = await fetch(url);
        if (isExpected({ status: answer.status, body: await answer.text() })) return;
        await server.noticed(/(?:)/, known);
      }
    },
    async stop() {
      await server.stop();
      checkout.remove();
    },
  };
}

/** Takes systems out of a checkout: every change is built and synthesized with all that there are. */
function leaveOut(checkout: Checkout, systems: readonly string[]): void {
  const main = readFileSync(path.join(checkout.root, 'main.ts'), 'utf8').split('\n');
  const kept = main.filter((line) => !systems.some((system) => line.includes(`${system}'`)));
  checkout.write('main.ts', kept.join('\n'));
  for (const system of systems) {
    rmSync(path.join(checkout.root, 'functions', system), { recursive: true });
  }
}
