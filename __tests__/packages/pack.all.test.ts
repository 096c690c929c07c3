import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { outputFolder, projectRoot } from '../../tools/project-root';

const run = promisify(execFile);

/** An empty project that holds nothing but the packages, installed from what `npm pack` makes of them, and a `cdktf.out`. */
const folder = mkdtempSync(path.join(tmpdir(), 'installed '));

beforeAll(async () => {
  const packages = path.join(projectRoot, 'packages');
  const names = readdirSync(packages, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of names) {
    await run('npm', ['pack', '--pack-destination', folder], { cwd: path.join(packages, name) });
    rmSync(path.join(packages, name, 'dist'), { recursive: true });
  }
  writeFileSync(path.join(folder, 'package.json'), '{"private": true}');
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  expect(tarballs).toHaveLength(names.length);
  const install = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    ...tarballs.map((name) => `./${name}`),
  ];
  await run('npm', install, { cwd: folder });
  mkdirSync(path.join(folder, 'app'));
  cpSync(outputFolder(), path.join(folder, 'app/cdktf.out'), { recursive: true });
}, 600_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function storesAndRetrieves(url: string): Promise<void> {
  const stored = await fetch(`${url}/data-api/prod/data`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ data: 'packed' }),
  });
  expect(stored.status).toBe(201);
  const { id } = (await stored.json()) as { id: string };
  const found = await fetch(`${url}/data-api/prod/data/${id}`);
  expect(await found.json()).toEqual({ id, data: 'packed' });
  expect((await fetch(url)).status).toBe(200);
}

/** Reads what a program prints until a line holds a URL after `ready`. */
async function serverUrl(program: string, args: readonly string[], cwd: string) {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /^ready .* (http:\S+)$/.exec(line) ?? [];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`${program} ended before it was ready`);
}

test('the command serves a cdktf.out in a project that knows nothing of this one', async () => {
  const command = path.join(folder, 'node_modules/.bin/terraform-offline');
  const args = ['--port', '0', '--in-memory', '--quiet'];
  const { child, url } = await serverUrl(command, args, path.join(folder, 'app'));

  await storesAndRetrieves(url);

  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('serve() serves it too, and leaves nothing running', async () => {
  const program = `
    const { serve } = require('terraform-offline');
    serve({ folder: 'app/cdktf.out' }).then((cloud) => {
      console.log('ready at ' + cloud.url);
      process.on('SIGTERM', () => cloud.close());
    });
  `;
  const { child, url } = await serverUrl(process.execPath, ['-e', program], folder);

  await storesAndRetrieves(url);

  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the types of serve() are found', async () => {
  writeFileSync(
    path.join(folder, 'typed.ts'),
    "import { serve } from 'terraform-offline';\nconst url: Promise<string> = serve({ folder: '.' }).then((cloud) => cloud.url);\nvoid url;\n",
  );
  const compiler = path.join(projectRoot, 'node_modules/typescript/bin/tsc');
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--typeRoots',
    path.join(projectRoot, 'node_modules/@types'),
    '--types',
    'node',
  ];

  await run(process.execPath, [compiler, ...options, 'typed.ts'], { cwd: folder });
});
