import type { LambdaFunction } from '../../terraform/model/function';
import type { Api } from '../../terraform/model/stack';
import type { Table } from '../../terraform/model/table';
import { type Endpoint, KINDS } from '../endpoints';

/** A part of the system where it stands in the drawing; lengths in SVG's user units. */
export interface Box {
  readonly kind: 'api' | 'route' | 'function' | 'table' | 'layer';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** The HTTP method before a route's title. */
  readonly method?: string;
  readonly caption: string;
  readonly broken: boolean;
}

export const COLUMNS = {
  api: { x: 10, width: 170, height: 56 },
  route: { x: 214, width: 190, height: 46 },
  function: { x: 452, width: 220, height: 56 },
  layer: { x: 452, width: 220, height: 46 },
  table: { x: 846, width: 206, height: 56 },
} as const;

/** @param middle height of the box's middle, here and below */
export function apiBox(api: Api, middle: number): Box {
  const caption = api.kind === 'function-url' ? KINDS[api.kind] : `${KINDS[api.kind]} · ${api.stageName}`;
  return box('api', middle, api.name, caption);
}

export function routeBox({ method, path, integration, fault }: Endpoint, middle: number): Box {
  return { ...box('route', middle, path, fault ?? integration ?? '', fault !== undefined), method };
}

export function functionBox(
  { name, runtime, memoryMb, timeoutSeconds }: LambdaFunction,
  middle: number,
): Box {
  return box('function', middle, name, `${runtime} · ${memoryMb} MB · ${timeoutSeconds} s`);
}

export function layerBox(users: number, middle: number): Box {
  return box('layer', middle, 'Lambda layer', `/opt of ${users} function${users === 1 ? '' : 's'}`);
}

export function tableBox({ name, keySchema, attributeDefinitions }: Table, middle: number): Box {
  const keys = keySchema.map(({ AttributeName: key }) => {
    const definition = attributeDefinitions.find(({ AttributeName }) => AttributeName === key);
    return `${key} (${definition?.AttributeType ?? '?'})`;
  });
  return box('table', middle, name, `key ${keys.join(', ')}`);
}

function box(kind: Box['kind'], middle: number, title: string, caption: string, broken = false): Box {
  const { x, width, height } = COLUMNS[kind];
  return { kind, x, y: middle - height / 2, width, height, title, caption, broken };
}
