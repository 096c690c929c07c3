import type { Gap } from '../moto-forwarder';

type Json = Record<string, unknown>;

/** A function, its configuration, or all functions. */
const FUNCTIONS =
  /^\/2015-03-31\/functions\/?(?:(?:[^/]+:function:)?([^/:]+)(?::[^/]+)?(?:\/configuration)?)?$/;

/** https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html */
export function loggingConfigs(): Gap {
  /** By the function's name. */
  const known = new Map<string, unknown>();

  return {
    reason: 'moto takes the LoggingConfig of a function, and answers without',

    complete({ method, path, body }, answer) {
      const [, inPath] = FUNCTIONS.exec(decodeURIComponent(path.split('?')[0]!)) ?? [];
      const given = method === 'POST' || method === 'PUT' ? parse(body) : {};
      const name = inPath ?? (given.FunctionName as string | undefined);
      if (answer.status >= 400 || name === undefined || !FUNCTIONS.test(path.split('?')[0]!)) return answer;
      if (given.LoggingConfig) known.set(name, given.LoggingConfig);
      const LoggingConfig = known.get(name);
      const json = parse(answer.body);
      if (LoggingConfig === undefined) return answer;
      if (json.Configuration) {
        const Configuration = { ...(json.Configuration as Json), LoggingConfig };
        return { ...answer, body: JSON.stringify({ ...json, Configuration }) };
      }
      return json.FunctionArn ? { ...answer, body: JSON.stringify({ ...json, LoggingConfig }) } : answer;
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
