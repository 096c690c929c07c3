import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawStacks } from 'terraform-offline/diagram';
import { outputFolder, projectRoot } from './project-root';
import { removeAllBut } from './remove-all-but';

/** Where the README's diagrams are. */
export const IMAGES = path.join(projectRoot, 'docs/images');

/** A drawing of every synthesized stack, by its file's name. */
export function drawings(): Map<string, string> {
  return new Map([...drawStacks(outputFolder())].map(([stackId, svg]) => [`${stackId}.svg`, svg]));
}

/** Draws them anew, and removes those of stacks that are gone. */
export function writeImages(): void {
  mkdirSync(IMAGES, { recursive: true });
  const drawn = drawings();
  removeAllBut(IMAGES, (name) => drawn.has(name));
  for (const [name, svg] of drawn) writeFileSync(path.join(IMAGES, name), svg);
}
