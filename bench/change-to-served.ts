import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npmStart } from './npm-start';

const CHANGES = 3;

/** Asking takes time from what is asked for. */
const POLL_MS = 20;

/**
 * How long after it is made a change is served, in milliseconds: of one handler, of what most handlers share, and of a
 * stack.
 */
export async function changeToServed(
  root: string,
): Promise<Record<'handler' | 'shared' | 'stack', number[]>> {
  const server = await npmStart(root, ['--in-memory', '--watch']);
  const itemAt = (stage: string) =>
    `${server.url}/data-api/${stage}/data/00000000-0000-4000-8000-000000000000`;
  const changedBy = async (i: number) => (await fetch(itemAt('prod'))).headers.get('x-change') === String(i);
  try {
    return {
      handler: await changes(path.join(root, 'functions/data-api/retrieve-data.ts'), (source, i) => ({
        source: `${source.replace('export const handler', 'const original')}
          export const handler: typeof original = async (...event) => {
            const answer = await original(...event);
            return { ...answer, headers: { ...answer.headers, 'x-change': '${i}' } };
          };\n`,
        isServed: () => changedBy(i),
      })),
      shared: await changes(path.join(root, 'functions/shared/respond.ts'), (source, i) => ({
        source: source.replace("'Cache-Control'", `'x-change': '${i}', 'Cache-Control'`),
        isServed: () => changedBy(i),
      })),
      stack: await changes(path.join(root, 'stacks/data-api.ts'), (source, i) => ({
        source: source.replace("stageName: 'prod'", `stageName: 'stage${i}'`),
        isServed: async () => (await fetch(itemAt(`stage${i}`))).headers.has('x-amzn-requestid'),
      })),
    };
  } finally {
    await server.stop();
  }
}

interface Change {
  readonly source: string;
  readonly isServed: () => Promise<boolean>;
}

async function changes(file: string, change: (source: string, i: number) => Change): Promise<number[]> {
  const original = readFileSync(file, 'utf8');
  const milliseconds: number[] = [];
  for (let i = 0; i < CHANGES; i++) {
    const { source, isServed } = change(original, i);
    writeFileSync(file, source);
    const madeAt = performance.now();
    while (!(await isServed())) await sleep(POLL_MS);
    milliseconds.push(performance.now() - madeAt);
    await sleep(500);
  }
  writeFileSync(file, original);
  return milliseconds;
}
