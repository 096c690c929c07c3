import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Debugger } from '../support/debugger';
import { type Mapping, mappings, type RawSourceMap } from '../support/source-map';
import { killLaunched, Launched } from './support/launched';

afterAll(killLaunched);

const SOURCE = path.resolve('functions/data-api/domain/retrieve-data.ts');

/** Where the text stands in the source, counted from 0. */
function placeOf(text: string): { line: number; column: number } {
  const before = readFileSync(SOURCE, 'utf8').split(text)[0]?.split('\n') ?? [];
  return { line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}

async function debuggerUrl(server: Launched, functionName: string): Promise<string> {
  for (;;) {
    const [, url] = new RegExp(`debug ${functionName} at (ws:\\S+)`).exec(server.stdout) ?? [];
    if (url !== undefined) return url;
    await sleep(20);
  }
}

/** As a debugger does that knows source maps: from a place in a source to one in the script that runs. */
async function sourceOf(client: Debugger) {
  const { url, sourceMapURL } = await client.notified('Debugger.scriptParsed', ({ sourceMapURL }) =>
    String(sourceMapURL).startsWith('file:'),
  );
  const mapFile = fileURLToPath(String(sourceMapURL));
  const map = JSON.parse(readFileSync(mapFile, 'utf8')) as RawSourceMap;
  const code = readFileSync(fileURLToPath(String(url)), 'utf8').split('\n');
  const all = mappings(map).filter(({ source }) => path.resolve(path.dirname(mapFile), source) === SOURCE);
  const at = ({ line, column }: { line: number; column: number }): Mapping => {
    const found = all.find(
      (one) => one.originalLine === line && one.originalColumn >= column && one.generatedLine >= 0,
    );
    if (!found) throw new Error(`nothing of ${SOURCE}:${line + 1} is in the bundle`);
    return found;
  };
  return { url: String(url), at, code };
}

it('stops at a breakpoint in a TypeScript source, where its variables can be read', async () => {
  const server = new Launched(['--port', '0', '--in-memory', '--inspect']);
  const url = await server.ready();
  const client = await Debugger.connect(await debuggerUrl(server, 'RetrieveDataFunction'));
  await client.call('Debugger.enable');
  const source = await sourceOf(client);
  const breakpoint = source.at(placeOf('isUuid(id)'));
  const declared = source.at(placeOf('id = request'));
  // What a debugger shows under its name in the source.
  expect(declared.name).toBe('id');
  const [minified = ''] =
    /^[\w$]+/.exec(source.code[declared.generatedLine]?.slice(declared.generatedColumn) ?? '') ?? [];

  await client.call('Debugger.setBreakpointByUrl', {
    url: source.url,
    lineNumber: breakpoint.generatedLine,
    columnNumber: breakpoint.generatedColumn,
  });
  const answer = fetch(`${url}/data-api/prod/data/not-a-uuid`);
  const { callFrames } = await client.notified('Debugger.paused');
  const [frame] = callFrames as { callFrameId: string }[];
  const { result } = await client.call('Debugger.evaluateOnCallFrame', {
    callFrameId: frame?.callFrameId,
    expression: minified,
  });

  expect(result).toMatchObject({ type: 'string', value: 'not-a-uuid' });
  await client.call('Debugger.resume');
  expect((await answer).status).toBe(404);
  client.close();
  server.child.kill('SIGTERM');
  await server.exited;
});
