import { mountPoint } from '../../server/router';
import type { Api, Stack } from '../../terraform/model/stack';
import { type Endpoint, endpoints } from '../endpoints';
import { operationId } from '../openapi/operation';
import { html, type Markup } from './html';

/** The routes of an API, each with an address of its own on the page that opens its form. */
export function tryIt(stack: Stack, api: Api): Markup {
  const routes = endpoints(stack, api);
  const name = stack.apis.length === 1 ? '' : ` of ${api.name}`;
  const place = mountPoint(stack, api).slice(1);
  return html`<ul class="routes" aria-label="Routes${name}">
      ${routes.map((route) => link(place, route))}
    </ul>
    <details
      class="try"
      id="try:${place}"
      data-openapi="/_explorer/openapi/${encodeURI(place)}.json"
      data-api="${api.id}"
    >
      <summary><h3>Try the ${routes.length === 1 ? 'route' : `${routes.length} routes`}${name}</h3></summary>
      <div class="try-body" aria-live="polite">Loading…</div>
    </details>`;
}

function link(place: string, { key, method, path, fault }: Endpoint): Markup {
  const operation = operationId(method, path);
  const id = `${place}:${operation}`;
  return html`<li id="${id}">
    <a href="#${encodeURI(id)}" data-form="try:${place}" data-operation="${operation}"><code>${key}</code></a>
    ${fault && html`<small>${fault}</small>`}
  </li>`;
}
