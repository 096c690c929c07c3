import type { AccessReport, Grant, RoleReport } from '../../iam/access-report';
import { parseArn } from '../../iam/arn';
import { html, type Markup } from './html';

const STYLES = ['theme', 'page', 'system'];

/** What every role was granted and used, as a page of its own, to stand after the doctype. */
export function accessReportPage({ roles }: AccessReport): Markup {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Rights in use · Local cloud</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="icon" href="/_explorer/icon.svg" type="image/svg+xml" />
      ${STYLES.map((name) => html`<link rel="stylesheet" href="/_explorer/${name}.css" />`)}
    </head>
    <body>
      <header class="top">
        <div class="bar">
          <h1><img src="/_explorer/icon.svg" alt="" width="26" height="26" /> Rights in use</h1>
          <nav aria-label="Pages">
            <ul>
              <li><a href="/">Local cloud</a></li>
              <li><a href="/_explorer/requests">Requests</a></li>
              <li><a href="/_explorer/iam">Look again</a></li>
              <li><a href="/_explorer/iam.json">As JSON</a></li>
            </ul>
          </nav>
        </div>
      </header>
      <main tabindex="-1">
        <p class="lead">
          ${
            roles.length > 0
              ? 'What IAM has decided since the start. What is never used may be a route that nobody tried yet.'
              : 'Nothing is decided: there are no roles, or policies are left aside.'
          }
        </p>
        ${roles.map(role)}
      </main>
    </body>
  </html> `;
}

function role({ role: arn, functions, used, unused, undecided, denied, smallestPolicy }: RoleReport): Markup {
  const name = arn.split('/').at(-1)!;
  return html`<section class="system" aria-labelledby="${name}-heading">
    <header>
      <h2 id="${name}-heading">${name}</h2>
      <ul class="tags" aria-label="Functions">
        ${functions.map((fn) => html`<li>${fn}</li>`)}
      </ul>
    </header>
    ${table(
      'Needed and denied',
      ['Action', 'On', 'Times', 'Why'],
      denied.map(({ action, resource, times, reason }) => [
        code(action),
        arnCode(resource),
        text(times),
        text(reason),
      ]),
    )}
    ${table('Granted and never used', ['Statement', 'Actions', 'On'], unused.map(grant))}
    ${table(
      'Granted and used',
      ['Action', 'On', 'Times', 'By'],
      used.map(({ action, resource, times, grantedBy }) => [
        code(action),
        arnCode(resource),
        text(times),
        html`${grantedBy.map((statement) => html`<div>${statement}</div>`)}`,
      ]),
    )}
    ${table('Granted for services that are not served here', ['Statement', 'Actions', 'On'], undecided.map(grant))}
    <details>
      <summary><h3>The smallest policy that would do</h3></summary>
      <pre class="table" tabindex="0">${JSON.stringify(smallestPolicy, null, 2)}</pre>
    </details>
  </section>`;
}

function grant({ statement, actions, resources }: Grant): Markup[] {
  return [text(statement), html`${actions.map(code)}`, html`${resources.map(arnCode)}`];
}

/** Nothing where there are no rows. */
function table(title: string, columns: readonly string[], rows: readonly Markup[][]): Markup | undefined {
  if (rows.length === 0) return undefined;
  return html`<h3>${title}</h3>
    <div class="table" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function text(value: string | number): Markup {
  return html`${value}`;
}

function code(value: string): Markup {
  return html`<code>${value}</code>`;
}

/** The part of an ARN that tells resources of one account apart; the whole of it as a tooltip. */
function arnCode(value: string): Markup {
  const { resource } = parseArn(value);
  return html`<code title="${value}">${resource === '' ? value : resource}</code>`;
}
