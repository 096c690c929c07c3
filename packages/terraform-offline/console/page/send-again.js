import { button, duration, element } from './elements.js';

const HIDDEN = '(hidden)';

/** What the browser says itself, whatever a page wants. https://fetch.spec.whatwg.org/#forbidden-request-header */
const OWN =
  /^(?:accept-charset|accept-encoding|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|proxy-.*|sec-.*)$/i;

/**
 * Puts a form into its place that is filled with a request, to be changed and sent.
 * @param open shows the request of this id once it has ended
 */
export function sendAgain(place, draft, open) {
  const hidden = draft.headers.filter(([, value]) => value.includes(HIDDEN)).map(([name]) => name);
  const kept = draft.headers.filter(([name, value]) => !value.includes(HIDDEN) && !OWN.test(name));
  const method = field('input', 'Method', { value: draft.method, size: '8', required: true });
  const path = field('input', 'Path', { value: draft.path, required: true, class: 'path' });
  const headers = field(
    'textarea',
    'Headers, one on each line',
    { rows: String(Math.max(2, kept.length)) },
    kept.map(([name, value]) => `${name}: ${value}`).join('\n'),
  );
  const filled = pretty(draft.body.body);
  const body = field('textarea', draft.body.isBase64 ? 'Body, in base64' : 'Body', { rows: '6' }, filled);
  const said = element('output', {}, '');
  const form = element(
    'form',
    { 'aria-label': 'Send again' },
    element('div', { class: 'line-of-fields' }, method.label, path.label),
    headers.label,
    body.label,
    ...warnings(draft, hidden).map((text) => element('p', { class: 'warning' }, text)),
    element(
      'div',
      { class: 'actions' },
      element('button', { type: 'submit', class: 'primary' }, 'Send'),
      button('Cancel', () => place.replaceChildren()),
      said,
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    said.textContent = 'Sending…';
    try {
      // What nobody has changed goes as it came.
      const text = body.input.value === filled ? draft.body.body : body.input.value;
      const content = draft.body.isBase64 ? bytesOf(text) : text;
      const given = headersOf(headers.input.value);
      const missing = hidden.filter(
        (name) => !given.some(([other]) => other.toLowerCase() === name.toLowerCase()),
      );
      const startedAt = window.performance.now();
      const response = await window.fetch(path.input.value, {
        method: method.input.value.trim(),
        headers: [
          ...given,
          ...(await localCredentials(draft.api, method.input.value, path.input.value, missing)),
        ],
        ...(content.length > 0 && { body: content }),
      });
      await response.arrayBuffer();
      said.textContent = `${response.status}, after ${duration(window.performance.now() - startedAt)}`;
      const id = response.headers.get('apigw-requestid') ?? response.headers.get('x-amzn-requestid');
      if (id) await open(id);
    } catch (error) {
      said.textContent = `Not sent: ${error.message}`;
    }
  });
  place.replaceChildren(form);
  method.input.focus();
}

function field(name, label, attributes, text = '') {
  const input = element(name, { spellcheck: 'false', autocomplete: 'off', ...attributes }, text);
  return { input, label: element('label', {}, element('span', {}, label), input) };
}

function warnings({ path, body, api }, hidden) {
  const cookie = hidden.find((name) => name.toLowerCase() === 'cookie');
  const others = hidden.filter((name) => name !== cookie);
  return [
    others.length > 0 &&
      `Hidden, and not sent: ${others.join(', ')}. ${
        api
          ? 'Where the route takes a token or a key of this cloud, one is sent instead; write any other into the headers.'
          : 'Write what is needed into the headers.'
      }`,
    cookie && 'Hidden, and not sent: Cookie. A page cannot set it: copy the request as curl.',
    path.includes(HIDDEN) && `Write the credential in the place of ${HIDDEN} in the path.`,
    body.body.includes(HIDDEN) && `Write the credential in the place of ${HIDDEN} in the body.`,
    body.cut > 0 && 'The body is not kept as a whole: what is here is its beginning.',
  ].filter(Boolean);
}

/** A token, or a key, that the route takes, in the place of one that is hidden. */
async function localCredentials(api, method, path, missing) {
  if (!api || missing.length === 0) return [];
  const within = path.split('?')[0].slice(api.prefix.length) || '/';
  const asked = new window.URLSearchParams({ api: api.id, method, path: within });
  const response = await window.fetch(`/_explorer/caller?${asked}`);
  const given = response.ok ? Object.entries(await response.json()) : [];
  return given.filter(([name]) => missing.some((one) => one.toLowerCase() === name.toLowerCase()));
}

/** @throws for a line that is no header */
function headersOf(text) {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf(':');
      if (at < 1) throw new Error(`${line} is no header: write Name: value`);
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
}

function bytesOf(base64) {
  return Uint8Array.from(window.atob(base64), (character) => character.charCodeAt(0));
}

/** Short JSON on lines of its own, where that changes nothing but the space. */
function pretty(text) {
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}
