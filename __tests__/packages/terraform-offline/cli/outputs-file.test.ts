import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeOutputs } from '../../../../packages/terraform-offline/cli/outputs-file';
import { stack } from '../console/model';

const folder = mkdtempSync(path.join(tmpdir(), 'outputs-'));
const model = { stacks: [stack()] };

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the outputs file', () => {
  it.each(['outputs.json', 'some/new/folder/outputs.json'])('is written to %s', (name) => {
    const file = path.join(folder, name);

    writeOutputs(model, file, false);

    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ notes: stack().outputs });
  });

  it('holds what is sensitive only when that is asked for', () => {
    const file = path.join(folder, 'sensitive.json');
    const secretive = {
      stacks: [stack({ outputs: { url: 'here' }, sensitiveOutputs: { password: 'secret' } })],
    };

    writeOutputs(secretive, file, false);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ notes: { url: 'here' } });

    writeOutputs(secretive, file, true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ notes: { url: 'here', password: 'secret' } });
  });

  it('is refused where no folder can be made', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');

    expect(() => {
      writeOutputs(model, path.join(file, 'folder', 'outputs.json'), false);
    }).toThrow(/^--outputs-file: cannot write ".*": ".*\/file" is not a folder$/);
  });

  // Node's recursive mkdir does not come back from there.
  (existsSync('/proc') ? it : it.skip)('is refused below /proc', () => {
    expect(() => {
      writeOutputs(model, '/proc/none/folder/outputs.json', false);
    }).toThrow(/^--outputs-file: cannot write "\/proc\/none\/folder\/outputs.json": ENOENT/);
  });
});
