import { domainMountPoint } from '../../server/router';
import type { CustomDomain } from '../../terraform/model/custom-domain';
import type { Schedule } from '../../terraform/model/schedule';
import type { Stack } from '../../terraform/model/stack';
import type { Unserved } from '../../terraform/model/unserved';
import { diagram } from '../diagram/diagram';
import { KINDS } from '../endpoints';
import { declarations } from './declarations';
import { html, type Markup } from './html';
import { permissions } from './permissions';
import { tryIt } from './try-it';

/** One system: what it is, its drawing, its outputs, its routes to try and its permissions. */
export function system(stack: Stack): Markup {
  const { id, region, apis, outputs, sensitiveOutputs, examples: known, unserved } = stack;
  const { domains = [], schedules = [] } = stack;
  const tags = [...apis.map(({ kind }) => KINDS[kind]), region];
  return html`<section class="system" id="${id}" aria-labelledby="${id}-heading">
    <header>
      <h2 id="${id}-heading">${id}</h2>
      <ul class="tags" aria-label="Kind and region">
        ${tags.map((tag) => html`<li>${tag}</li>`)}
      </ul>
      ${known && html`<p><strong>${known.title}.</strong> ${known.description}</p>`}
    </header>
    <div class="drawing" role="region" aria-label="Diagram of ${id}" tabindex="0">${diagram(stack)}</div>
    ${unserved.length > 0 ? notServed(unserved) : undefined}
    <h3>Outputs</h3>
    <dl class="outputs">
      ${Object.entries(outputs).map(output)}
      ${Object.keys(sensitiveOutputs).map((name) => output([name, '(sensitive value)']))}
    </dl>
    ${domains.length > 0 ? customDomains(stack, domains) : undefined} ${apis.map((api) => tryIt(stack, api))}
    ${schedules.length > 0 ? scheduled(schedules) : undefined}
    ${
      stack.declarations &&
      html`<details>
        <summary><h3>Served from</h3></summary>
        ${declarations(stack)}
      </details>`
    }
    <details>
      <summary><h3>Permissions</h3></summary>
      ${permissions(stack)}
    </details>
  </section>`;
}

function notServed(unserved: readonly Unserved[]): Markup {
  return html`<h3>Not served here</h3>
    <ul class="unserved">
      ${unserved.map(({ reason, effect }) => html`<li>${reason}; <strong>${effect}</strong></li>`)}
    </ul>`;
}

/** Each with where it answers without its name being known to this machine. */
function customDomains(stack: Stack, domains: readonly CustomDomain[]): Markup {
  return html`<h3>Custom domains</h3>
    <dl class="outputs">
      ${domains.map(({ name }) => output([name, `${domainMountPoint(stack, name)}/`]))}
    </dl>`;
}

function scheduled(schedules: readonly Schedule[]): Markup {
  return html`<h3>Schedules</h3>
    <ul class="schedules">
      ${schedules.map(
        ({ address, name, expression, timeZone, enabled }) =>
          html`<li>
            <strong>${name}</strong>
            <code>${expression}</code> ${timeZone}${enabled ? undefined : ' (disabled)'}
            <button type="button" class="fire" data-fire="${address}" aria-label="Fire ${name}">Fire</button>
          </li>`,
      )}
    </ul>`;
}

function output([name, value]: [string, unknown]): Markup {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  return html`<div>
    <dt>${name}</dt>
    ${values.map((one) => {
      const text = typeof one === 'string' ? one : JSON.stringify(one);
      return html`<dd>
        <code>${text}</code
        ><button type="button" class="copy" data-copy="${text}" aria-label="Copy ${text}">Copy</button>
      </dd>`;
    })}
  </div>`;
}
