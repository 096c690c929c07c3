import type { Gap } from './gap';

type Tags = Readonly<Record<string, string>>;

/** The ARN of a REST API, or of an HTTP API's stage, and its path in the API. */
const TAGS = /^(\/v2)?\/tags\/arn:[^:]+:apigateway:[^:]+::(\/restapis\/[^/]+|\/apis\/[^/]+\/stages\/[^/]+)$/;

/**
 * https://docs.aws.amazon.com/apigateway/latest/api/API_TagResource.html,
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/tags-resource-arn.html
 */
export function tags(): Gap {
  /** By the path of what has them: the ones it has been given since it was made. */
  const given = new Map<string, Tags>();

  return {
    reason: 'moto answers 404 to TagResource of a REST API and of the stage of an HTTP API',

    answer({ method, path, body }) {
      const [, version = '', resource] = TAGS.exec(pathOf(path)) ?? [];
      if (resource === undefined || (method !== 'PUT' && method !== 'POST'))
        return Promise.resolve(undefined);
      const more = (JSON.parse(body) as { tags: Tags }).tags;
      given.set(version + resource, { ...given.get(version + resource), ...more });
      return Promise.resolve({ status: method === 'PUT' ? 204 : 201, body: method === 'PUT' ? '' : '{}' });
    },

    complete({ method, path }, answer) {
      const more = given.get(pathOf(path));
      if (method !== 'GET' || !more || answer.status >= 400) return answer;
      const json = JSON.parse(answer.body) as { tags?: Tags };
      return { ...answer, body: JSON.stringify({ ...json, tags: { ...json.tags, ...more } }) };
    },
  };
}

function pathOf(path: string): string {
  return decodeURIComponent(path.split('?')[0]!).replace(/\/$/, '');
}
