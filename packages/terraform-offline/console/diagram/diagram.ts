import type { Stack } from '../../terraform/model/stack';
import { html, type Markup } from '../view/html';
import type { Box } from './boxes';
import { type Edge, layout, LABEL_LINE, middleOf } from './layout';

/** Where labels stand between functions and tables, from the functions' right side. */
const LABEL = { offset: 20, width: 124 };
/** Between a box's sides and its text. */
const PADDING = 14;
/** Widths of a character, on the average of the system fonts; routes are monospaced. */
const TITLE_CHARACTER = 8.2;
const ROUTE_CHARACTER = 7.3;
const CAPTION_CHARACTER = 6.6;
/** How far left of the functions the line to their layer runs. */
const LAYER_LINE = 16;

/**
 * Draws a system as SVG: its APIs, routes, functions and tables, and on the lines what IAM allows.
 * @param stylesheet put into the drawing, so that it can stand alone; by default the page around it styles its classes
 */
export function diagram(stack: Stack, stylesheet?: string): Markup {
  const { width, height, boxes, edges } = layout(stack);
  const id = `diagram-${stack.id}`;
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    class="diagram"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-labelledby="${id}-title ${id}-description"
  >
    <title id="${id}-title">Architecture of ${stack.id}</title>
    <desc id="${id}-description">${edges.map(describe).join(' ')}</desc>
    ${
      stylesheet === undefined
        ? undefined
        : html`<style>
            ${stylesheet}
          </style>`
    }
    <defs>
      <marker
        id="${id}-arrow"
        class="arrow"
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="7"
        markerHeight="7"
        orient="auto-start-reverse"
      >
        <path d="M0 0 8 4 0 8z" />
      </marker>
    </defs>
    ${edges.map((edge) => drawEdge(edge, `url(#${id}-arrow)`))} ${boxes.map(drawBox)}
  </svg>`;
}

function describe({ from, to, kind, labels, broken }: Edge): string {
  const verbs = { route: 'has', integration: 'invokes', grant: 'may', layer: 'uses' };
  const source = [from.method, from.title].filter(Boolean).join(' ');
  const target = [to.method, to.title].filter(Boolean).join(' ');
  if (broken) return `${source} cannot reach ${target}: ${from.caption}.`;
  if (kind === 'grant') return `${source} may ${labels.join(', ')} on ${target}.`;
  return `${source} ${verbs[kind]} ${target}.`;
}

function drawBox({ kind, x, y, width, height, title, method, caption, broken }: Box): Markup {
  const left = x + PADDING;
  const room = Math.floor((width - 2 * PADDING) / (kind === 'route' ? ROUTE_CHARACTER : TITLE_CHARACTER));
  const heading = method === undefined ? title : `${method} ${title}`;
  const shown = shorten(title, room - (method ? method.length + 1 : 0));
  return html`<g class="box box-${kind}${broken ? ' broken' : ''}">
    <title>${heading}</title>
    <rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="8" />
    <rect class="stripe" x="${x}" y="${y + 10}" width="4" height="${height - 20}" rx="2" />
    <text class="title" x="${left}" y="${y + height / 2 - 4}"
      >${
        method === undefined
          ? undefined
          : html`<tspan class="method method-${method.toLowerCase()}">${method}</tspan> `
      }${shown}</text
    >
    <text class="caption" x="${left}" y="${y + height / 2 + 14}"
      >${shorten(caption, Math.floor((width - 2 * PADDING) / CAPTION_CHARACTER))}</text
    >
  </g>`;
}

function drawEdge(edge: Edge, arrow: string): Markup {
  const { kind, broken } = edge;
  const state = broken ? ' broken' : '';
  const end = kind === 'layer' ? 'none' : arrow;
  const line = html`<path class="edge edge-${kind}${state}" d="${pathOf(edge)}" marker-end="${end}" />`;
  return edge.labels.length === 0 ? line : html`${line}${drawLabels(edge)}`;
}

function pathOf({ kind, from, to, y }: Edge): string {
  const start = { x: from.x + from.width, y: middleOf(from) };
  const end = { x: to.x - 1, y: middleOf(to) };
  if (kind === 'layer') {
    const low = from.y + from.height - 8;
    return `M${from.x} ${low}H${from.x - LAYER_LINE}V${end.y}H${end.x}`;
  }
  if (kind !== 'grant') return `M${start.x} ${start.y}${curve(start, end)}`;
  const label = { x: start.x + LABEL.offset, y };
  const after = { x: label.x + LABEL.width, y };
  return `M${start.x} ${start.y}${curve(start, label)}H${after.x}${curve(after, end)}`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Leaves and arrives level. */
function curve(from: Point, to: Point): string {
  const bend = (from.x + to.x) / 2;
  return `C${bend} ${from.y} ${bend} ${to.y} ${to.x} ${to.y}`;
}

function drawLabels({ from, labels, y }: Edge): Markup {
  const x = from.x + from.width + LABEL.offset;
  const height = labels.length * LABEL_LINE + 6;
  const top = y - height / 2;
  return html`<g class="grant"
    ><rect x="${x}" y="${top}" width="${LABEL.width}" height="${height}" rx="6" />${labels.map(
      (label, i) =>
        html`<text x="${x + LABEL.width / 2}" y="${top + 14 + i * LABEL_LINE}">${shorten(label, 16)}</text>`,
    )}</g
  >`;
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
