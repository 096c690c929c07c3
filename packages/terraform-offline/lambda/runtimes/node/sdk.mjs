// Lambda's Node.js has the AWS SDK, which code need not bring: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
import { createRequire } from 'node:module';
import path from 'node:path';

const SDK = /^@(aws-sdk|smithy)\//;

/** What looks for it is asked for the same package again. */
let isLooking = false;

/**
 * Where this machine has a package of the SDK that neither the code nor a layer has.
 * @param {string} specifier
 * @param {readonly string[]} folders where it is looked for, one after the other
 * @param {unknown} error why it was not found
 * @returns {string} its file
 * @throws that, for all but the SDK, and for the SDK with what to do
 */
export function sdkFile(specifier, folders, error) {
  if (isLooking || !SDK.test(specifier) || !isNotFound(error)) throw error;
  isLooking = true;
  try {
    const found = foundFrom(folders, specifier);
    if (found !== undefined) return found;
  } finally {
    isLooking = false;
  }
  const [scope, name] = specifier.split('/');
  error.message += `: Lambda's Node.js has it, and none of ${folders.join(', ')} has: npm install ${scope}/${name} in one of them`;
  throw error;
}

/**
 * @param {readonly string[]} folders
 * @param {string} specifier
 */
function foundFrom(folders, specifier) {
  for (const folder of folders) {
    try {
      return createRequire(path.join(folder, 'function.js')).resolve(specifier);
    } catch {
      // The next one may have it.
    }
  }
  return undefined;
}

/**
 * @param {unknown} error
 * @returns {error is Error}
 */
function isNotFound(error) {
  return error instanceof Error && 'code' in error && /MODULE_NOT_FOUND$/.test(String(error.code));
}
