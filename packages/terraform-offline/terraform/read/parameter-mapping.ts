import type { Block } from '../language/configuration/block';
import type { ParameterChange, ParameterMapping } from '../model/http-api';

/**
 * What an integration changes of requests and responses.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 * @throws for what API Gateway refuses
 */
export function readParameterMapping(integration: Block): ParameterMapping {
  const responses = integration.blocks('response_parameters').map((response) => {
    const status = response.text('status_code');
    if (!/^[2-5]\d\d$/.test(status)) {
      throw new Error(`${response.where}.status_code: API Gateway takes 200 to 599, received ${status}`);
    }
    return [status, readChanges(response, 'mappings', RESPONSE)] as const;
  });
  return {
    requestParameters: readChanges(integration, 'request_parameters', REQUEST),
    responseParameters: Object.fromEntries(responses),
  };
}

interface Direction {
  /** `append:header.name` */
  readonly key: RegExp;
  readonly keys: string;
  /** `request.header.name`, without the dollar sign. */
  readonly variable: RegExp;
  readonly variables: string;
}

const REQUEST: Direction = {
  key: /^(?:(append|overwrite|remove):(header|querystring)\.(.+)|(overwrite):(path))$/,
  keys: 'append, overwrite or remove:header.NAME or :querystring.NAME, or overwrite:path',
  variable: /^(request\.(header|querystring)\.|request\.(body|path)(\.|\[|$)|context\.|stageVariables\.)/,
  variables: '$request.header.NAME, .querystring.NAME, .body, .path',
};

const RESPONSE: Direction = {
  key: /^(?:(append|overwrite|remove):(header)\.(.+)|(overwrite):(statuscode))$/,
  keys: 'append, overwrite or remove:header.NAME, or overwrite:statuscode',
  variable: /^(response\.header\.|response\.body(\.|\[|$)|context\.|stageVariables\.)/,
  variables: '$response.header.NAME, .body',
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers */
const RESERVED =
  /^(access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via)$/i;

function readChanges(holder: Block, attribute: string, direction: Direction): ParameterChange[] {
  return Object.entries(holder.textMap(attribute)).map(([key, value]) => {
    const where = `${holder.where}.${attribute}`;
    const [, action, location, name = '', whole, place] = direction.key.exec(key) ?? [];
    if (action === undefined && whole === undefined) {
      throw new Error(`${where}: expected ${direction.keys}, received ${key}`);
    }
    if (location === 'header' && RESERVED.test(name)) {
      throw new Error(`${where}: ${name} is a reserved header, which API Gateway lets nobody map`);
    }
    const unknown = variablesOf(value).find((variable) => !direction.variable.test(variable));
    if (unknown !== undefined && action !== 'remove') {
      throw new Error(
        `${where}: expected a text, ${direction.variables}, $context.NAME or $stageVariables.NAME, received $${unknown}`,
      );
    }
    return {
      action: (action ?? whole) as ParameterChange['action'],
      location: (location ?? place) as ParameterChange['location'],
      name,
      value,
    };
  });
}

/** The variables in `$request.path.id`, or in `${request.path.id}-${context.requestId}`. */
function variablesOf(value: string): string[] {
  const [, whole] = /^\$([a-zA-Z].*)$/s.exec(value) ?? [];
  return whole === undefined ? [...value.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name!) : [whole];
}
