import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diagram } from '../packages/terraform-offline/console/diagram/diagram';
import { loadModel } from '../packages/terraform-offline/terraform/load';
import { projectRoot } from './project-root';
import { removeAllBut } from './remove-all-but';
import { outputFolder } from './terraform/stacks';

/** Where the README's diagrams are. */
export const IMAGES = path.join(projectRoot, 'docs/images');

const STYLESHEET = path.join(projectRoot, 'packages/terraform-offline/console/page/diagram.css');

/** A drawing of every synthesized stack by its file's name: an SVG document that needs nothing besides itself. */
export function drawStacks(): Map<string, string> {
  const stylesheet = readFileSync(STYLESHEET, 'utf8');
  return new Map(
    loadModel(outputFolder()).stacks.map((stack) => [
      `${stack.id}.svg`,
      `${diagram(stack, stylesheet).text}\n`,
    ]),
  );
}

/** Draws them anew, and removes those of stacks that are gone. */
export function writeImages(): void {
  mkdirSync(IMAGES, { recursive: true });
  const drawings = drawStacks();
  removeAllBut(IMAGES, (name) => drawings.has(name));
  for (const [name, svg] of drawings) writeFileSync(path.join(IMAGES, name), svg);
}
