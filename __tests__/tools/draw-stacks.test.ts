import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drawings, IMAGES, writeImages } from '../../tools/draw-stacks';

const images = readdirSync(IMAGES).filter((name) => name.endsWith('.svg'));

describe('the diagrams in docs/images', () => {
  it('are what the synthesized stacks draw; if not, run "npm run diagrams"', async () => {
    const committed = images.map((name) => [name, readFileSync(path.join(IMAGES, name), 'utf8')]);
    expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(await drawings()));
  });

  it('are drawn where they have changed, go with their stack, and leave other images alone', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'images-'));
    for (const name of ['data-api.svg', 'gone.svg', 'page.png']) writeFileSync(path.join(folder, name), '');

    const first = await writeImages(folder);

    expect(Object.fromEntries(first)).toMatchObject({ 'data-api.svg': 'drawn', 'gone.svg': 'removed' });
    expect(readdirSync(folder).sort()).toEqual([...images, 'page.png'].sort());
    expect(Object.fromEntries(await writeImages(folder))).toEqual(
      Object.fromEntries(images.map((name) => [name, 'unchanged'])),
    );
    rmSync(folder, { recursive: true });
  });

  it('need nothing from elsewhere', () => {
    for (const name of images) {
      const svg = readFileSync(path.join(IMAGES, name), 'utf8');
      const references = [...svg.matchAll(/(?:href|src)=|@import|url\((?!#)/g)];
      expect([name, references]).toEqual([name, []]);
    }
  });
});
