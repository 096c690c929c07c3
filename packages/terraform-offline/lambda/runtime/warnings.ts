/** Keeps the AWS SDK from warning of the age of this machine's Node.js, which is not the one the function has in Lambda. */
export function dropNodeVersionWarnings(): void {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...options: unknown[]) => {
    if (String(warning).startsWith('NodeVersionSupportWarning')) return;
    Reflect.apply(emitWarning, undefined, [warning, ...options]);
  };
}
