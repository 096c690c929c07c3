import type { Gap } from './gap';

type Json = Record<string, unknown>;

/** A function, its configuration, or all functions. */
const FUNCTIONS =
  /^\/2015-03-31\/functions\/?(?:(?:[^/]+:function:)?([^/:]+)(?::[^/]+)?(?:\/configuration)?)?$/;

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
const FORGOTTEN = ['LoggingConfig', 'KMSKeyArn'];

export function functionSettings(): Gap {
  /** By the function's name. */
  const known = new Map<string, Json>();

  return {
    reason: 'moto takes the LoggingConfig and the KMSKeyArn of a function, and answers without',

    complete({ method, path, body }, answer) {
      const [, inPath] = FUNCTIONS.exec(decodeURIComponent(path.split('?')[0]!)) ?? [];
      const given = method === 'POST' || method === 'PUT' ? parse(body) : {};
      const name = inPath ?? (given.FunctionName as string | undefined);
      if (answer.status >= 400 || name === undefined || !FUNCTIONS.test(path.split('?')[0]!)) return answer;
      const told = FORGOTTEN.filter((setting) => given[setting] !== undefined);
      const settings = {
        ...known.get(name),
        ...Object.fromEntries(told.map((setting) => [setting, given[setting]])),
      };
      known.set(name, settings);
      const json = parse(answer.body);
      if (json.Configuration) {
        const Configuration = { ...(json.Configuration as Json), ...settings };
        return { ...answer, body: JSON.stringify({ ...json, Configuration }) };
      }
      return json.FunctionArn ? { ...answer, body: JSON.stringify({ ...json, ...settings }) } : answer;
    },
  };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}
