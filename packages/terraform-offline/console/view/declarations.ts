import type { Stack } from '../../terraform/model/stack';
import { html, type Markup } from './html';

/** Where everything is declared that is served, or answers 501. */
export function declarations({ declarations = [], unserved }: Stack): Markup {
  const notServed = new Set(
    unserved.filter(({ effect }) => effect.includes('501')).map(({ address }) => address),
  );
  return html`<div class="table" role="region" aria-label="Declarations" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Name</th>
          <th scope="col">Declared as</th>
        </tr>
      </thead>
      <tbody>
        ${declarations.map(
          ({ kind, name, address }) =>
            html`<tr>
              <th scope="row">${kind}</th>
              <td>${name}${notServed.has(address) ? html` <strong class="deny">501</strong>` : undefined}</td>
              <td><code>${address}</code></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
