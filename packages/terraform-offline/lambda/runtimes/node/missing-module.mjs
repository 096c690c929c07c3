import { existsSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';

/** Whether `require` can be told where Lambda's folders are: since Node.js 22.15. */
export const hasSynchronousHooks = 'registerHooks' in module;

/**
 * A message that a module was not found, with what to do when Lambda has it: at the end of its first line, before the stack.
 * @param {string} message
 * @param {string} specifier what was looked for
 */
export function withAdvice(message, specifier) {
  return message.replace(/$/m, () => adviceOn(specifier));
}

/** Lambda's Node.js has the AWS SDK, which code need not bring: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const SDK = /^@(aws-sdk|smithy)\/[^/]+/;

/** @param {string} specifier */
function adviceOn(specifier) {
  if (!hasSynchronousHooks && /^\/(opt|var\/task|var\/runtime)\//.test(specifier)) {
    return ': before Node.js 22.15, only import finds it here';
  }
  const [name] = SDK.exec(specifier) ?? [];
  if (name === undefined) return '';
  const { LAMBDA_RUNTIME_DIR = '', NODE_PATH = '' } = process.env;
  const runtime = path.join(LAMBDA_RUNTIME_DIR, 'node_modules');
  // Then it is something else that is missing.
  if (existsSync(path.join(runtime, name))) return '';
  if (!NODE_PATH.split(path.delimiter).includes(runtime)) {
    return `: Lambda's Node.js has it under /var/runtime/node_modules, which the function's NODE_PATH leaves out`;
  }
  return `: Lambda's Node.js has it, and the folders of the code, of what is served and of the terminal have not: npm install ${name} in one of them, and start again`;
}
