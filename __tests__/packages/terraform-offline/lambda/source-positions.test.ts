import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { sourcePositions } from '../../../../packages/terraform-offline/lambda/source-positions';

const BUNDLE = path.resolve(process.env.BUILD_DIR!, 'functions/items-api/get-item/index.mjs');
const MAPS = path.resolve(process.env.CDKTF_OUTDIR!, 'terraform-offline/source-maps');
const MAP = path.join(MAPS, `${createHash('sha256').update(readFileSync(BUNDLE)).digest('hex')}.map`);

let taskRoot: string;
let url: string;

beforeEach(() => {
  taskRoot = mkdtempSync(path.join(tmpdir(), 'task-root-'));
  copyFileSync(BUNDLE, path.join(taskRoot, 'index.mjs'));
  url = pathToFileURL(path.join(taskRoot, 'index.mjs')).href;
});
afterEach(() => {
  rmSync(taskRoot, { recursive: true, force: true });
});

/** Where the bundle's last line begins: `export{… as handler}` and what is before it are the handler's own. */
function lastLine(): string {
  const lines = readFileSync(BUNDLE, 'utf8').trimEnd().split('\n');
  return `${lines.length}:${(lines.at(-1)?.lastIndexOf('export{') ?? 0) - 1}`;
}

describe('positions in a bundle', () => {
  it('become positions in the sources, wherever they are in the text', () => {
    const text = sourcePositions(taskRoot, MAPS)(`at b (${url}:${lastLine()})\\n at ${url}:${lastLine()}"}`);

    expect(text).toMatch(
      /^at b \(functions\/items-api\/get-item\.ts:\d+:\d+\)\\n at functions\/items-api\/get-item\.ts:\d+:\d+"\}$/,
    );
  });

  it.each([
    ['', 'the bundle itself'],
    ['.map', 'another file'],
    ['?v=1:1:20', 'a query'],
    [':12', 'a line alone'],
    [':9999:1', 'a line that it has not'],
  ])('are left alone where they are none: %s, %s', (place) => {
    expect(sourcePositions(taskRoot, MAPS)(`read ${url}${place} now`)).toBe(`read ${url}${place} now`);
  });

  it('are left alone once the bundle is gone, and where another has been built since', () => {
    const line = `at ${url}:${lastLine()}`;
    writeFileSync(path.join(taskRoot, 'index.mjs'), '// another');
    expect(sourcePositions(taskRoot, MAPS)(line)).toBe(line);

    rmSync(taskRoot, { recursive: true });
    expect(sourcePositions(taskRoot, MAPS)(line)).toBe(line);
  });

  it('follow a source map that is written again for the same bundle', () => {
    const original = readFileSync(MAP, 'utf8');
    const positions = sourcePositions(taskRoot, MAPS);
    const line = `at ${url}:${lastLine()}`;
    try {
      expect(positions(line)).toContain('/get-item.ts:');

      writeFileSync(MAP, original.replace('/get-item.ts', '/moved-item.ts'));
      utimesSync(MAP, 1, 1);

      expect(positions(line)).toContain('/moved-item.ts:');
    } finally {
      writeFileSync(MAP, original);
    }
  });
});
