import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log } from '../log/log';
import type { Event, ExecutionEnvironmentOptions } from './execution-environment';
import { SOURCE_MAP_LINK, sourceMapFile } from './source-positions';

/** What VS Code's JavaScript debugger gives programs that it starts, for all that they start themselves. */
const VS_CODE = 'VSCODE_INSPECTOR_OPTIONS';

/** Whether this program runs under VS Code's debugger, which finds its way into every Node.js process by itself. */
export function isUnderVsCode(environment: NodeJS.ProcessEnv): boolean {
  return environment[VS_CODE] !== undefined;
}

/** A function's variables, and with them the debugger's where this program runs under VS Code's. */
export function debuggedVariables(
  variables: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
): Record<string, string> {
  const { [VS_CODE]: options, NODE_OPTIONS: bootloader } = environment;
  if (options === undefined) return variables;
  const nodeOptions = [bootloader, variables.NODE_OPTIONS].filter((text) => text !== undefined).join(' ');
  return { ...variables, NODE_OPTIONS: nodeOptions, [VS_CODE]: options };
}

/**
 * Lets a debugger find the sources of a function's code, if there is a source map of it.
 * @param taskRoot the service's own copy of the code
 * @param sourceMaps as `sourcePositions` has them
 */
export function linkSourceMap(taskRoot: string, sourceMaps: string): void {
  const bundle = path.join(taskRoot, 'index.mjs');
  if (!existsSync(bundle)) return;
  const code = readFileSync(bundle);
  const sourceMap = sourceMapFile(code, sourceMaps);
  if (!existsSync(sourceMap) || code.includes(SOURCE_MAP_LINK)) return;
  chmodSync(bundle, 0o644);
  appendFileSync(bundle, `${SOURCE_MAP_LINK}${pathToFileURL(sourceMap).href}\n`);
}

/** Takes what Node.js says of its debugger out of a function's log, and tells where one can connect. */
export function debuggerLog(
  functionName: string,
  log: Log,
  write: ExecutionEnvironmentOptions<Event>['log'],
) {
  return (line: string, requestId: string | undefined): void => {
    const [, url] = /^Debugger listening on (ws:\S+)/.exec(line) ?? [];
    if (url !== undefined) log({ type: 'notice', level: 'info', message: `debug ${functionName} at ${url}` });
    else if (!/^(For help, see: |Debugger (attached|ending)|Waiting for the debugger)/.test(line))
      write(line, requestId);
  };
}
