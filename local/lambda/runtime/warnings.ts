/** Keeps the AWS SDK from warning of the age of this machine's Node.js, which is not the one the function has in Lambda. */
export function dropNodeVersionWarnings(): void {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...options: unknown[]) => {
    if (String(warning).startsWith('NodeVersionSupportWarning')) return;
    Reflect.apply(emitWarning, process, [warning, ...options]);
  };
}
