import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawStacks } from 'terraform-offline/diagram';
import { outputFolder, projectRoot } from './project-root';

/** Where the README's diagrams are. */
export const IMAGES = path.join(projectRoot, 'docs/images');

/** A drawing of every synthesized stack, by its file's name. */
export async function drawings(): Promise<Map<string, string>> {
  const drawn = await drawStacks(outputFolder());
  return new Map([...drawn].map(([stackId, svg]) => [`${stackId}.svg`, svg]));
}

/**
 * Draws them anew, and removes those of stacks that are gone.
 * @returns what became of each file, by its name
 */
export async function writeImages(folder = IMAGES): Promise<Map<string, 'drawn' | 'unchanged' | 'removed'>> {
  mkdirSync(folder, { recursive: true });
  const drawn = await drawings();
  const outcomes = new Map<string, 'drawn' | 'unchanged' | 'removed'>();
  for (const name of readdirSync(folder)) {
    // Other images are nobody's drawing.
    if (!name.endsWith('.svg') || drawn.has(name)) continue;
    rmSync(path.join(folder, name));
    outcomes.set(name, 'removed');
  }
  for (const [name, svg] of drawn) {
    const file = path.join(folder, name);
    const isSame = existsSync(file) && readFileSync(file, 'utf8') === svg;
    if (!isSame) writeFileSync(file, svg);
    outcomes.set(name, isSame ? 'unchanged' : 'drawn');
  }
  return outcomes;
}
