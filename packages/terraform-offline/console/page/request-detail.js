import { button, copyButton, duration, element } from './elements.js';
import { jsonView } from './json-view.js';
import { sendAgain } from './send-again.js';

/** The number of the request whose details are shown, or on their way. */
let wanted = '';

/**
 * Shows all that is known of a request; of none, what could be chosen.
 * @param key its number, as text; empty for none
 */
export async function showDetail(place, key, { open, close }) {
  wanted = key;
  document.body.toggleAttribute('data-chosen', key !== '');
  if (key === '') {
    place.replaceChildren(
      hint('Choose a request to see its event, answer, log, decisions of IAM and calls of DynamoDB.'),
    );
    return;
  }
  const response = await window.fetch(`/_explorer/requests/${encodeURIComponent(key)}.json`);
  const answer = response.ok ? await response.json() : undefined;
  if (wanted !== key) return;
  const heading = element('h2', { tabindex: '-1' }, answer ? titleOf(answer) : 'Not kept any more');
  const back = button('All requests', close, { class: 'back' });
  place.replaceChildren(
    back,
    heading,
    ...(answer ? parts(answer, open) : [hint('The last 200 requests are kept, and 16 MB of them at most.')]),
  );
  place.onkeydown = (event) => {
    if (event.key === 'Escape') close();
  };
  heading.focus();
}

function titleOf({ method, path }) {
  return `${method} ${path}`;
}

function parts(detail, open) {
  const { request, answer, notices, decisions, invocations, commands } = detail;
  const place = element('div', { class: 'again' });
  return [
    facts(detail),
    element(
      'div',
      { class: 'actions' },
      request && button('Send again…', () => sendAgain(place, requestDraft(detail), open)),
      commands.curl && copyButton('Copy as curl', commands.curl.line),
      commands.curl?.variables.length
        ? element('small', {}, `It takes what is hidden from $${commands.curl.variables.join(', $')}.`)
        : undefined,
    ),
    place,
    ...notices.map(({ level, message }) => element('p', { class: `notice-line ${level}` }, message)),
    request && part('Request', true, headers(request.headers), body(request)),
    answer && part(`Answer: ${answer.status}`, true, headers(answer.headers), body(answer)),
    decisions.length > 0
      ? part('Decisions of IAM about the caller', true, decisionTable(decisions))
      : undefined,
    ...invocations.map((invocation) => invocationPart(detail, invocation, open)),
  ].filter((one) => one !== undefined);
}

function facts({ id, at, source, milliseconds, status, failure, functions }) {
  const said = [
    ['Status', status ?? failure ?? 'done'],
    ['Took', duration(milliseconds)],
    ['At', new Date(at).toLocaleString()],
    ['Source', source],
    ['Function', functions.join(', ') || 'none'],
    ['Request id', id],
  ].filter(([, value]) => value !== '');
  return element(
    'dl',
    { class: 'facts' },
    ...said.map(([name, value]) =>
      element('div', {}, element('dt', {}, name), element('dd', {}, String(value))),
    ),
  );
}

function part(title, open, ...children) {
  return element(
    'details',
    { class: 'part', open },
    element('summary', {}, element('h3', {}, title)),
    ...children.filter((child) => child !== undefined),
  );
}

function headers(list) {
  if (list.length === 0) return undefined;
  return element(
    'dl',
    { class: 'headers' },
    ...list.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
  );
}

function body({ body: content, isBase64, cut }) {
  if (content === '') return hint('No body.');
  if (isBase64) return hint(`A body that is no text, ${Math.floor((content.length * 3) / 4)} bytes.`);
  return element('div', {}, jsonView(content), more(cut));
}

function more(cut) {
  return cut > 0 ? hint(`${cut.toLocaleString()} more characters are not kept.`) : undefined;
}

function hint(text) {
  return element('p', { class: 'hint' }, text);
}

function invocationPart(detail, invocation, open) {
  const { functionName, qualifier, requestId, event, result, lines, decisions, calls } = invocation;
  const name = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
  const place = element('div', { class: 'again' });
  const command = detail.commands.invoke[requestId];
  return element(
    'section',
    { class: 'invocation', 'aria-label': `Invocation of ${name}` },
    element('h3', {}, name, ' ', element('small', {}, took(invocation))),
    part(
      'Event',
      detail.request === undefined,
      element(
        'div',
        { class: 'actions' },
        copyButton('Copy event', event.text),
        saveButton(event.text),
        copyButton('Copy command of the AWS CLI', command, { title: command }),
        button('Invoke again…', () => sendAgain(place, eventDraft(name, event), open)),
      ),
      place,
      jsonView(event.text),
      more(event.cut),
    ),
    part('Result', invocation.outcome !== 'success', jsonView(result.text), more(result.cut)),
    part(
      `Log: ${many(lines.length, 'line')}`,
      lines.length > 0,
      ...lines.map((line) => element('pre', { class: 'line' }, line)),
    ),
    part(
      `DynamoDB: ${many(calls.length, 'call')}`,
      calls.length > 0,
      calls.length > 0 ? callTable(calls) : undefined,
    ),
    part(
      `IAM: ${many(decisions.length, 'decision')}${denied(decisions)}`,
      decisions.some(({ allowed }) => !allowed),
      decisions.length > 0 ? decisionTable(decisions) : undefined,
    ),
    invocation.more > 0 ? hint(`${invocation.more} more lines, calls or decisions are not kept.`) : undefined,
  );
}

function took({ outcome, durationMs, initDurationMs, maxMemoryUsedMB, memorySizeMB, after, requestId }) {
  return [
    outcome ?? 'still running',
    durationMs === undefined ? undefined : duration(durationMs),
    initDurationMs === undefined ? undefined : `cold start ${duration(initDurationMs)}`,
    maxMemoryUsedMB === undefined ? undefined : `${maxMemoryUsedMB} of ${memorySizeMB} MB`,
    `asked for after ${duration(after)}`,
    requestId,
  ]
    .filter((one) => one !== undefined)
    .join(' · ');
}

function many(count, name) {
  return `${count === 0 ? 'no' : count} ${name}${count === 1 ? '' : 's'}`;
}

function denied(decisions) {
  const count = decisions.filter(({ allowed }) => !allowed).length;
  return count > 0 ? `, ${count} denied` : '';
}

function callTable(calls) {
  return table(
    'Calls of DynamoDB',
    ['Call', 'Table', 'After', 'Took', 'Status'],
    calls.map(({ operation, tables, after, milliseconds, status, error }) => ({
      kind: status >= 400 ? 'bad' : '',
      cells: [
        operation,
        tables.join(', '),
        duration(after),
        duration(milliseconds),
        error === undefined ? String(status) : `${status} ${error}`,
      ],
    })),
  );
}

function decisionTable(decisions) {
  return table(
    'Decisions of IAM',
    ['Decision', 'Who', 'Action', 'On', 'By'],
    decisions.map(({ who, action, resource, allowed, by }) => ({
      kind: allowed ? '' : 'bad',
      cells: [allowed ? 'allowed' : 'denied', who, action, arn(resource), by],
    })),
  );
}

/** The part of an ARN that tells resources of one account apart; the whole of it as a tooltip. */
function arn(text) {
  const resource = text.split(':').slice(5).join(':');
  return element('span', { title: text }, resource === '' ? text : resource);
}

function table(name, columns, rows) {
  return element(
    'div',
    { class: 'table', role: 'region', 'aria-label': name, tabindex: '0' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...columns.map((one) => element('th', { scope: 'col' }, one)))),
      element(
        'tbody',
        {},
        ...rows.map(({ kind, cells }) =>
          element(
            'tr',
            { class: kind },
            ...cells.map((cell, i) => element('td', { 'data-label': columns[i] }, cell)),
          ),
        ),
      ),
    ),
  );
}

function saveButton(text) {
  const url = URL.createObjectURL(new window.Blob([text], { type: 'application/json' }));
  return element('a', { class: 'button', href: url, download: 'event.json' }, 'Save event.json');
}

function requestDraft({ method, path, request, api, domainPath = '' }) {
  return { method, path: `${domainPath}${path}`, headers: request.headers, body: request, api };
}

/** A function is invoked by itself with its event. */
function eventDraft(name, { text, cut }) {
  return {
    method: 'POST',
    path: `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`,
    headers: [['Content-Type', 'application/json']],
    body: { body: text, isBase64: false, cut },
    api: undefined,
  };
}
