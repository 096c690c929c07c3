import type { Answer, Gap } from './gap';

type Json = Readonly<Record<string, unknown>>;

const STAGE = /^\/v2\/apis\/[^/]+\/stages\/[^/]+$/;

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html */
export function httpStageUpdates(): Gap {
  /** By the stage's path: the members that were updated. */
  const updated = new Map<string, Json>();

  return {
    reason: 'moto answers 500 to UpdateStage of an HTTP API',

    async answer({ method, path, body }, ask) {
      if (method !== 'PATCH' || !STAGE.test(path)) return undefined;
      const stage = await ask({ method: 'GET', path, body: '' });
      if (stage.status < 400) updated.set(path, { ...updated.get(path), ...(JSON.parse(body) as Json) });
      return withMembers(stage, updated.get(path));
    },

    complete({ method, path }, answer) {
      if (method === 'DELETE') updated.delete(path);
      return method === 'GET' ? withMembers(answer, updated.get(path)) : answer;
    },
  };
}

function withMembers(answer: Answer, members: Json | undefined): Answer {
  if (!members || answer.status >= 400) return answer;
  return { ...answer, body: JSON.stringify({ ...(JSON.parse(answer.body) as Json), ...members }) };
}
