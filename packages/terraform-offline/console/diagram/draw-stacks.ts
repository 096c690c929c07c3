import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../package-root';
import { loadModel } from '../../terraform/load';
import { diagram } from './diagram';

/**
 * Draws what the page at `/` shows of every stack.
 * @param folder a `cdktf.out`
 * @returns by stack id an SVG document that needs nothing besides itself
 * @throws as serving the folder does
 */
export async function drawStacks(folder: string): Promise<Map<string, string>> {
  const stylesheet = readFileSync(path.join(packageRoot, 'console/page/diagram.css'), 'utf8');
  const { stacks } = await loadModel(folder);
  return new Map(stacks.map((stack) => [stack.id, `${diagram(stack, stylesheet).text}\n`]));
}
