import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DeployedVersion } from '../../version';
import { clientFile } from '../client-file';

/** Where a Python finds what was installed into it. */
const PROBE =
  'import json, sys; print(json.dumps([sys.executable, [p for p in sys.path if p.endswith("-packages")]]))';

/** This machine's Python: of the function's own version if there is one, else `python3`. */
export async function pythonCommand({ fn, optRoot }: DeployedVersion): Promise<readonly string[]> {
  for (const name of [fn.runtime, 'python3']) {
    const found = await promisify(execFile)(name, ['-c', PROBE]).catch(() => undefined);
    if (!found) continue;
    const [executable, packages] = JSON.parse(found.stdout) as [string, string[]];
    // What a function prints is in its log at once, and nothing is written beside its code.
    return [executable, '-u', '-B', clientFile('python/client.py'), optRoot, ...packages];
  }
  throw new Error(
    `${fn.name} has the runtime ${fn.runtime}, and this machine has neither ${fn.runtime} nor python3 on its PATH: install Python`,
  );
}
