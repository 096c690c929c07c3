import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AccessReport } from '../iam/access-report';
import { makeFolder } from '../make-folder';

/**
 * Writes what IAM has decided.
 * @throws when the file cannot be written
 */
export function writeIamReport(report: AccessReport, file: string): void {
  try {
    makeFolder(path.dirname(path.resolve(file)));
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    throw new Error(`--iam-report: cannot write "${file}": ${(error as Error).message}`, { cause: error });
  }
}
