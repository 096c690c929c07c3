import type { LambdaFunction } from '../../terraform/model/function';
import type { Stack } from '../../terraform/model/stack';
import { type Endpoint, endpoints } from '../endpoints';
import { allowedTableActions } from '../role-statements';
import { apiBox, type Box, COLUMNS, functionBox, layerBox, routeBox, tableBox } from './boxes';

/** A line from the right side of a box to the left side of another. */
export interface Edge {
  readonly from: Box;
  readonly to: Box;
  readonly kind: 'route' | 'integration' | 'grant' | 'layer';
  /** What the line allows, one action a line; empty for none. */
  readonly labels: readonly string[];
  readonly broken: boolean;
  /** Height at which the labels stand; without labels, the middle of `from`. */
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
}

export const LABEL_LINE = 15;
const LABEL_PADDING = 12;
const MARGIN = 10;
const GAP = 18;

/** A function with the routes that lead to it and the tables it reaches; or a route that leads nowhere. */
interface Lane {
  readonly fn: LambdaFunction | undefined;
  readonly routes: readonly Endpoint[];
  readonly grants: readonly { readonly tableArn: string; readonly actions: readonly string[] }[];
}

/** Places a system's parts in columns, API → routes → functions → tables, every function on a lane of its own. */
export function layout(stack: Stack): Layout {
  const boxes: Box[] = [];
  const edges: Edge[] = [];
  const add = (box: Box): Box => {
    boxes.push(box);
    return box;
  };

  const placed = new Map<Endpoint, Box>();
  const functions = new Map<LambdaFunction, { readonly box: Box; readonly lane: Lane }>();
  const routesByApi = stack.apis.map((api) => endpoints(stack, api));
  let bottom = MARGIN;
  for (const lane of lanes(stack, routesByApi.flat())) {
    const height = laneHeight(lane);
    const middle = bottom + height / 2;
    const fnBox = lane.fn && add(functionBox(lane.fn, middle));
    if (lane.fn && fnBox) functions.set(lane.fn, { box: fnBox, lane });
    lane.routes.forEach((route, i) => {
      const pitch = COLUMNS.route.height + GAP / 2;
      const box = add(routeBox(route, middle + (i - (lane.routes.length - 1) / 2) * pitch));
      placed.set(route, box);
      if (fnBox) edges.push(line(box, fnBox, 'integration', route.fault !== undefined));
    });
    bottom += height + GAP;
  }

  const apiColumn = column();
  stack.apis.forEach((api, i) => {
    const targets = (routesByApi[i] ?? []).flatMap((route) => placed.get(route) ?? []);
    const box = add(apiColumn(apiBox(api, mean(targets, bottom / 2))));
    edges.push(...targets.map((target) => line(box, target, 'route', false)));
  });

  const tableColumn = column();
  for (const table of stack.tables) {
    const users = [...functions.values()].filter(({ lane }) => laneGrant(lane, table.arn));
    const boxesOfUsers = users.map(({ box }) => box);
    const box = add(tableColumn(tableBox(table, mean(boxesOfUsers, bottom / 2))));
    edges.push(...users.map((user) => grantEdge(user.box, user.lane, table.arn, box)));
  }

  for (const folder of new Set(stack.functions.flatMap(({ layerDirectories }) => layerDirectories))) {
    const users = stack.functions.filter(({ layerDirectories }) => layerDirectories.includes(folder));
    const box = add(layerBox(users.length, bottom + COLUMNS.layer.height / 2));
    const sources = users.flatMap((fn) => functions.get(fn)?.box ?? []);
    edges.push(...sources.map((source) => line(source, box, 'layer', false)));
    bottom += box.height + GAP;
  }

  const lowest = Math.max(bottom - GAP, ...boxes.map(({ y, height }) => y + height));
  return {
    width: COLUMNS.table.x + COLUMNS.table.width + MARGIN,
    height: lowest + MARGIN,
    boxes,
    edges,
  };
}

function lanes(stack: Stack, routes: readonly Endpoint[]): Lane[] {
  const ordered = new Set(routes.map(({ fn }) => fn));
  for (const fn of stack.functions) ordered.add(fn);
  return [...ordered].flatMap((fn): Lane[] => {
    const own = routes.filter((route) => route.fn === fn);
    if (!fn) return own.map((route) => ({ fn, routes: [route], grants: [] }));
    const grants = stack.tables
      .map(({ arn }) => ({ tableArn: arn, actions: allowedTableActions(fn, arn) }))
      .filter(({ actions }) => actions.length > 0);
    return [{ fn, routes: own, grants }];
  });
}

function laneHeight({ routes, grants }: Lane): number {
  const labels = grants.reduce((sum, { actions }) => sum + labelHeight(actions), 0);
  return Math.max(COLUMNS.function.height, routes.length * (COLUMNS.route.height + GAP / 2), labels);
}

function labelHeight(actions: readonly string[]): number {
  return actions.length * LABEL_LINE + LABEL_PADDING;
}

function laneGrant({ grants }: Lane, tableArn: string) {
  return grants.find((grant) => grant.tableArn === tableArn);
}

/** The labels of one function's tables stand below each other, centred on the function. */
function grantEdge(from: Box, lane: Lane, tableArn: string, to: Box): Edge {
  const heights = lane.grants.map(({ actions }) => labelHeight(actions));
  const index = lane.grants.findIndex((grant) => grant.tableArn === tableArn);
  const sum = (numbers: number[]) => numbers.reduce((total, height) => total + height, 0);
  const above = sum(heights.slice(0, index)) + (heights[index] ?? 0) / 2;
  const y = middleOf(from) - sum(heights) / 2 + above;
  return { from, to, kind: 'grant', labels: laneGrant(lane, tableArn)?.actions ?? [], broken: false, y };
}

function line(from: Box, to: Box, kind: Edge['kind'], broken: boolean): Edge {
  return { from, to, kind, labels: [], broken, y: middleOf(from) };
}

export function middleOf({ y, height }: Box): number {
  return y + height / 2;
}

function mean(boxes: readonly Box[], otherwise: number): number {
  if (boxes.length === 0) return otherwise;
  return boxes.reduce((sum, box) => sum + middleOf(box), 0) / boxes.length;
}

/** Moves each further box of a column below the one before it. */
function column(): (box: Box) => Box {
  let free = MARGIN;
  return (box) => {
    const moved = { ...box, y: Math.max(box.y, free) };
    free = moved.y + moved.height + GAP;
    return moved;
  };
}
