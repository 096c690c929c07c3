/**
 * A variable that the stack gives the function.
 * @throws naming the variable when it is absent or empty
 */
export function requiredVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set; the function's stack sets it.`);
  return value;
}
