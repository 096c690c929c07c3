import { html, type Markup } from './html';

const STYLES = ['theme', 'page', 'system', 'requests', 'request-detail'];

/** The last requests, as a page of its own, to stand after the doctype. Its script fills it. */
export function requestsPage(): Markup {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Requests · Local cloud</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="icon" href="/_explorer/icon.svg" type="image/svg+xml" />
      ${STYLES.map((name) => html`<link rel="stylesheet" href="/_explorer/${name}.css" />`)}
      <script type="module" src="/_explorer/requests.js"></script>
    </head>
    <body class="wide">
      <a class="skip" href="#requests">Skip to the requests</a>
      <header class="top">
        <div class="bar">
          <h1><img src="/_explorer/icon.svg" alt="" width="26" height="26" /> Requests</h1>
          <nav aria-label="Pages">
            <ul>
              <li><a href="/">Local cloud</a></li>
              <li><a href="/_explorer/iam">Rights in use</a></li>
            </ul>
          </nav>
        </div>
      </header>
      <main class="requests">${LIST} ${DETAIL}</main>
    </body>
  </html> `;
}

const LIST = html`<section class="list" aria-label="Requests">
  <form class="filters" role="search" aria-label="Filter requests">
    <label>
      <span>Filter</span>
      <input type="search" id="filter-text" placeholder="path, function, id" autocomplete="off" />
    </label>
    <label>
      <span>Status</span>
      <select id="filter-status">
        <option value="">any</option>
        <option value="2">2xx</option>
        <option value="3">3xx</option>
        <option value="4">4xx</option>
        <option value="5">5xx</option>
        <option value="failed">a function failed</option>
      </select>
    </label>
    <button type="button" id="pause" aria-pressed="false">Pause</button>
    <button type="button" id="clear">Clear</button>
  </form>
  <p class="count"><output id="count">Loading…</output></p>
  <ol id="requests" tabindex="-1" aria-label="Last requests, newest first"></ol>
  <section id="mappings" aria-labelledby="mappings-heading" hidden>
    <h2 id="mappings-heading">Streams</h2>
    <div class="table" role="region" aria-label="Event source mappings">
      <table>
        <thead>
          <tr>
            <th scope="col">Mapping</th>
            <th scope="col">State</th>
            <th scope="col">Last result</th>
            <th scope="col">Records</th>
          </tr>
        </thead>
        <tbody id="mapping-rows"></tbody>
      </table>
    </div>
  </section>
</section>`;

const DETAIL = html`<article id="detail" aria-label="Request" aria-live="off">
  <p class="hint">Choose a request to see its event, answer, log, decisions of IAM and calls of DynamoDB.</p>
</article>`;
