import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pruneOutput } from '../../tools/build/prune-output';
import { thisProject } from '../../tools/project-root';
import { SynthesizedCopy } from '../e2e/support/synthesized-copy';

const NAME = '.terraform.lock.hcl';
const STACKS = ['data-api', 'dynamodb-manager', 'items-api', 'order-api'];

describe('the lock file of providers', () => {
  const copy = new SynthesizedCopy();
  /** As the last step of a synth, of a project that stands there. */
  const prune = () => {
    pruneOutput({ ...thisProject(), root: copy.folder, outputFolder: copy.folder });
  };
  const beside = (stack: string): string => path.join(copy.folder, 'stacks', stack, NAME);
  afterAll(() => {
    copy.remove();
  });

  it('is nowhere where the project has none', () => {
    for (const stack of STACKS) rmSync(beside(stack), { force: true });
    prune();
    expect(STACKS.filter((stack) => existsSync(beside(stack)))).toEqual([]);
  });

  it('is laid beside every stack by synth where the project has one', () => {
    writeFileSync(path.join(copy.folder, NAME), '# of the project\n');
    prune();
    for (const stack of STACKS) expect(readFileSync(beside(stack), 'utf8')).toBe('# of the project\n');
  });
});
