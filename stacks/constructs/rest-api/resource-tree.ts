import { ApiGatewayResource } from '@cdktf/provider-aws/lib/api-gateway-resource';
import type { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import type { Construct } from 'constructs';
import { movedFrom } from '../former-address';

/** A path's segments: literals, `{parameter}`s or, last, a greedy `{proxy+}`. */
const SEGMENT = /^([a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._-]+\}|\{[a-zA-Z0-9._-]+\+\})$/;

/**
 * A path by the places of its parameters, not their names: `/data/{id}` is `data/{}`. Resources are called by it, so that
 * another name is an update in place: API Gateway refuses the new one beside the old. `{id}` and `{id+}` are in one place.
 */
export function position(path: string): string {
  return path.slice(1).replace(/\{[^}]+\}/g, '{}');
}

/** Resources of a REST API, made once for every prefix of the paths asked for. */
export class ResourceTree {
  private readonly ids = new Map<string, string>();
  /** The one child with a parameter that a resource may have, by the resource's path. */
  private readonly variables = new Map<string, string>();

  constructor(
    private readonly scope: Construct,
    private readonly restApi: ApiGatewayRestApi,
    private readonly onCreate: (resource: ApiGatewayResource) => void,
  ) {}

  /**
   * The id of the resource at this path.
   * @throws when the path is not one API Gateway takes, by itself or beside the others
   */
  resourceId(path: string): string {
    if (path === '/') return this.restApi.rootResourceId;
    const segments = path.split('/').slice(1);
    const wrong = segments.find(
      (segment, i) => !SEGMENT.test(segment) || (segment.endsWith('+}') && i < segments.length - 1),
    );
    if (!path.startsWith('/') || wrong !== undefined) {
      throw new Error(
        `${this.scope.node.path}: received the path ${JSON.stringify(path)}; expected segments such as /data/{id}, a greedy {name+} only as the last one, and no slash at the end`,
      );
    }
    return this.at(segments);
  }

  private at(segments: readonly string[]): string {
    if (segments.length === 0) return this.restApi.rootResourceId;
    const path = `/${segments.join('/')}`;
    const known = this.ids.get(path);
    if (known) return known;
    const parent = segments.slice(0, -1);
    const pathPart = segments.at(-1)!;
    if (pathPart.startsWith('{')) this.assertOnlyVariable(parent, pathPart);
    const resource = new ApiGatewayResource(this.scope, `resource-${position(path)}`, {
      restApiId: this.restApi.id,
      parentId: this.at(parent),
      pathPart,
    });
    movedFrom(resource, position(path), path.slice(1));
    this.onCreate(resource);
    this.ids.set(path, resource.id);
    return resource.id;
  }

  /** API Gateway: "A sibling ({id}) of this resource already has a variable path part -- only one is allowed". */
  private assertOnlyVariable(parent: readonly string[], pathPart: string): void {
    const prefix = ['', ...parent, ''].join('/');
    const sibling = this.variables.get(prefix);
    if (sibling !== undefined) {
      throw new Error(
        `${this.scope.node.path}: received the path ${prefix}${pathPart} beside ${prefix}${sibling}; API Gateway takes one parameter in the same place, so give both the same name`,
      );
    }
    this.variables.set(prefix, pathPart);
  }
}
