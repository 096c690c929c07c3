/**
 * The headers by which pages of another origin may read an answer, where the stack names one: a REST API's proxy integration
 * adds nothing to what the function answers.
 */
export function corsHeaders(): Record<string, string> {
  const origin = process.env.CORS_ALLOW_ORIGIN;
  if (origin === undefined) return {};
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': '*' };
}
