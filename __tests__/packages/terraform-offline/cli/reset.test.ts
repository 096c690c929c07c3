import { readOptions } from '../../../../packages/terraform-offline/cli/options';
import { confirmReset } from '../../../../packages/terraform-offline/cli/reset';

describe('before it deletes data on a terminal', () => {
  const { isTTY } = process.stdin;
  beforeEach(() => {
    process.stdin.isTTY = true;
  });
  afterEach(() => {
    process.stdin.isTTY = isTTY;
  });

  it('does not ask when there is none to delete', async () => {
    expect(await confirmReset(readOptions(['--reset', '--in-memory'], 'npm start --', false))).toBe(true);
  });
});
