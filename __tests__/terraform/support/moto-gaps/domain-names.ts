import type { Answer, Gap } from './gap';

type Json = Readonly<Record<string, unknown>>;

const DOMAIN_NAME = /^\/v2\/domainnames(\/[^/]+)?$/;
const MAPPINGS = /^\/v2\/domainnames\/([^/]+)\/apimappings(?:\/([^/]+))?$/;

/** What API Gateway says of a domain name once it is there. */
const AVAILABLE = {
  domainNameStatus: 'AVAILABLE',
  apiGatewayDomainName: 'd-0123456789.execute-api.us-east-1.amazonaws.com',
  hostedZoneId: 'Z1UJRXOUMOOFQ8',
};

/**
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname.html,
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname-apimappings.html
 */
export function domainNames(): Gap {
  /** By domain name: its one mapping. */
  const mappings = new Map<string, Json>();

  return {
    reason:
      'moto never makes a domain name available, says that it takes certificates of clients, and knows no mapping of a REST API',

    answer({ method, path, body }) {
      const [, domainName = '', id] = MAPPINGS.exec(pathOf(path)) ?? [];
      if (domainName === '') return Promise.resolve(undefined);
      if (method === 'POST') {
        const mapping = { ...(JSON.parse(body) as Json), apiMappingId: 'mapped', domainName };
        mappings.set(domainName, mapping);
        return Promise.resolve(json(201, mapping));
      }
      const mapping = mappings.get(domainName);
      if (!mapping)
        return Promise.resolve(json(404, { message: 'Invalid API mapping identifier specified' }));
      if (method === 'DELETE') {
        mappings.delete(domainName);
        return Promise.resolve({ status: 204, body: '' });
      }
      return Promise.resolve(json(200, id === undefined ? { items: [mapping] } : mapping));
    },

    complete({ path }, answer) {
      if (!DOMAIN_NAME.test(pathOf(path)) || answer.status >= 400 || answer.body === '') return answer;
      const domain = JSON.parse(answer.body) as Json;
      if (!Array.isArray(domain.domainNameConfigurations)) return answer;
      const domainNameConfigurations = (domain.domainNameConfigurations as Json[]).map((configuration) => ({
        ...configuration,
        ...AVAILABLE,
      }));
      const whole = { ...domain, domainNameConfigurations, mutualTlsAuthentication: undefined };
      return { ...answer, body: JSON.stringify(whole) };
    },
  };
}

function json(status: number, body: Json): Answer {
  return { status, body: JSON.stringify(body) };
}

function pathOf(path: string): string {
  return decodeURIComponent(path.split('?')[0]!);
}
