import type { Model } from '../../terraform/model/stack';
import { html, type Markup } from './html';
import { system } from './system';

const STYLES = ['theme', 'page', 'system', 'diagram', 'live-log'];

/** The whole page for a model, to stand after the doctype. */
export function page({ stacks }: Model): Markup {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Local cloud</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="icon" href="/_explorer/icon.svg" type="image/svg+xml" />
      ${STYLES.map((name) => html`<link rel="stylesheet" href="/_explorer/${name}.css" />`)}
      <script type="module" src="/_explorer/page.js"></script>
    </head>
    <body>
      <a class="skip" href="#systems">Skip to the systems</a>
      <header class="top">
        <div class="bar">
          <h1><img src="/_explorer/icon.svg" alt="" width="26" height="26" /> Local cloud</h1>
          <nav aria-label="Systems">
            <ul>
              ${stacks.map(({ id }) => html`<li><a href="#${id}">${id}</a></li>`)}
            </ul>
          </nav>
          <a class="button" href="/_explorer/requests">Requests</a>
          <a class="button" href="/_explorer/iam">Rights in use</a>
          <a class="button" href="/_explorer/tables" target="_blank" rel="noreferrer">Browse tables</a>
        </div>
        <p class="notice" id="changed" role="status" hidden>
          The stacks have changed. <a href="/">Reload the page</a>
        </p>
      </header>
      <main id="systems" tabindex="-1">
        <p class="lead">
          ${String(stacks.length)} ${stacks.length === 1 ? 'system' : 'systems'}, drawn and served from the
          Terraform that would be deployed. A route, grant or permission that is missing there is missing
          here.
        </p>
        ${stacks.map(system)}
      </main>
      ${LOG}
    </body>
  </html> `;
}

const LOG = html`<section class="log" aria-label="Live log" data-state="connecting">
  <div class="log-bar">
    <button type="button" id="log-toggle" aria-expanded="false" aria-controls="log-body">
      <span class="dot" aria-hidden="true"></span>Live log
    </button>
    <output id="log-latest">waiting for the first request</output>
    <button type="button" id="log-clear" hidden>Clear</button>
  </div>
  <div id="log-body" hidden tabindex="0" role="log" aria-live="off" aria-label="Requests and function logs">
    <table>
      <thead class="hidden">
        <tr>
          <th>Time</th>
          <th>Status</th>
          <th>Event</th>
          <th>Duration</th>
        </tr>
      </thead>
      <tbody id="log-entries"></tbody>
    </table>
  </div>
</section>`;
