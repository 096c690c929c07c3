import { duration, element } from './elements.js';
import { showDetail } from './request-detail.js';

/** As many as the server keeps. */
const KEPT = 200;
/** How often the state of streams is asked for, while somebody can see it. */
const LOOK_EVERY_MS = 2000;

const list = document.getElementById('requests');
const detail = document.getElementById('detail');
const count = document.getElementById('count');
const text = document.getElementById('filter-text');
const status = document.getElementById('filter-status');
const pause = document.getElementById('pause');
const clear = document.getElementById('clear');
const mappings = document.getElementById('mappings');

/** Summaries and their rows, by number. */
const shown = new Map();
/** Those that have come during a pause. */
const waiting = new Map();
let isPaused = false;
/** When the list was cleared: the server keeps what was before, for other pages. */
let clearedAt = Number(window.sessionStorage.getItem('cleared') ?? 0);

text.value = window.sessionStorage.getItem('filter') ?? '';
status.value = window.sessionStorage.getItem('status') ?? '';

async function load() {
  const response = await window.fetch('/_explorer/requests.json');
  if (!response.ok) return;
  const { requests } = await response.json();
  if (!isPaused) {
    const kept = new Set(requests.map(({ key }) => key));
    for (const key of shown.keys()) if (!kept.has(key)) remove(key);
  }
  for (const request of requests.reverse()) take(request);
  update();
}

async function loadMappings() {
  if (document.hidden) return;
  const response = await window.fetch('/_explorer/mappings.json');
  if (response.ok) showMappings((await response.json()).mappings);
}

function take(request) {
  if (request.at <= clearedAt) return;
  if (isPaused && !shown.has(request.key)) {
    waiting.set(request.key, request);
    return;
  }
  const row = rowOf(request);
  const old = shown.get(request.key);
  if (old) old.row.replaceWith(row);
  else list.insertBefore(row, newestFirst(request.key));
  shown.set(request.key, { request, row });
  if (shown.size > KEPT) remove(Math.min(...shown.keys()));
}

/** The row before which a request belongs: one that took long began before others that ended earlier. */
function newestFirst(key) {
  for (const row of list.children) if (Number(row.dataset.key) < key) return row;
  return null;
}

function remove(key) {
  shown.get(key)?.row.remove();
  shown.delete(key);
}

function rowOf(request) {
  const { key, at, method, path, functions, milliseconds, source } = request;
  const [kind, said] = outcome(request);
  return element(
    'li',
    { 'data-key': key },
    element(
      'a',
      { href: `#${key}`, tabindex: '-1', class: `row source-${source}` },
      element('span', { class: `status ${kind}` }, said),
      element('span', { class: 'what' }, element('b', {}, method), ' ', path),
      element('span', { class: 'functions' }, functions.join(', ')),
      element('span', { class: 'when' }, `${new Date(at).toLocaleTimeString()} · ${duration(milliseconds)}`),
    ),
  );
}

/** What became of a request: a class, and a word for it. */
export function outcome({ status: code, failure }) {
  if (code === undefined) return failure ? ['bad', 'failed'] : ['good', 'done'];
  if (code >= 500) return ['bad', String(code)];
  return [code >= 400 ? 'warn' : 'good', String(code)];
}

function matches({ id, method, path, functions, status: code, failure }) {
  const wanted = text.value.trim().toLowerCase();
  const all = [id, method, path, ...functions, code ?? '', failure ?? ''].join(' ').toLowerCase();
  if (!wanted.split(/\s+/).every((word) => all.includes(word))) return false;
  if (status.value === 'failed') return failure !== undefined;
  return status.value === '' || String(code ?? '').startsWith(status.value);
}

/** Shows what the filter lets through, and says how many that are. */
function update() {
  let visible = 0;
  for (const { request, row } of shown.values()) {
    row.hidden = !matches(request);
    if (!row.hidden) visible++;
  }
  const all = `${shown.size} ${shown.size === 1 ? 'request' : 'requests'}`;
  count.textContent =
    shown.size === 0
      ? 'No requests yet. Send one, and it is here.'
      : visible === shown.size
        ? all
        : `${visible} of ${all}`;
  pause.textContent = isPaused ? `Resume (${waiting.size} waiting)` : 'Pause';
  mark();
}

/** One row can be reached by Tab; from there the arrows go on. */
function mark() {
  const links = [...list.querySelectorAll('li:not([hidden]) > a')];
  const chosen = links.find((link) => link.hash === window.location.hash);
  const focused = links.find((link) => link === document.activeElement);
  for (const link of list.querySelectorAll('a')) {
    link.tabIndex = link === (focused ?? chosen ?? links[0]) ? 0 : -1;
    if (link === chosen) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

list.addEventListener('keydown', (event) => {
  const links = [...list.querySelectorAll('li:not([hidden]) > a')];
  const at = links.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (next === undefined || !links[next]) return;
  event.preventDefault();
  links[next].focus();
  mark();
});

function showMappings(states) {
  mappings.hidden = states.length === 0;
  document.getElementById('mapping-rows').replaceChildren(...states.map(mappingRow));
}

function mappingRow(state) {
  const {
    address,
    functionArn,
    lastProcessingResult,
    problem,
    waiting: left,
    iteratorAgeMs,
    failures,
  } = state;
  const isFine = problem === undefined;
  const records = [
    `${state.delivered} delivered`,
    left > 0 ? `${left} waiting, the first for ${duration(iteratorAgeMs)}` : 'none waiting',
    ...(state.givenUp > 0 ? [`${state.givenUp} given up`] : []),
  ];
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, address, element('small', {}, functionArn.split(':function:').at(-1))),
    element('td', { 'data-label': 'State' }, state.state),
    element(
      'td',
      { class: isFine ? '' : 'bad', 'data-label': 'Last result' },
      lastProcessingResult,
      isFine ? undefined : element('small', {}, problem),
      failures > 0
        ? element('small', {}, `failed ${failures} ${failures === 1 ? 'time' : 'times'}`)
        : undefined,
    ),
    element('td', { 'data-label': 'Records' }, records.join(', ')),
  );
}

for (const [input, name] of [
  [text, 'filter'],
  [status, 'status'],
]) {
  input.addEventListener('input', () => {
    window.sessionStorage.setItem(name, input.value);
    update();
  });
}
document.querySelector('.filters').addEventListener('submit', (event) => event.preventDefault());

pause.addEventListener('click', () => {
  isPaused = !isPaused;
  pause.setAttribute('aria-pressed', String(isPaused));
  for (const request of waiting.values()) take(request);
  waiting.clear();
  update();
});

clear.addEventListener('click', () => {
  clearedAt = Date.now();
  window.sessionStorage.setItem('cleared', String(clearedAt));
  for (const key of [...shown.keys()]) remove(key);
  waiting.clear();
  update();
});

/** The number in the page's address is that of the request that is shown. */
async function showChosen() {
  mark();
  await showDetail(detail, window.location.hash.slice(1), { open, close });
}

/** Shows a request that has just ended. */
async function open(id) {
  await load();
  const found = [...shown.values(), ...[...waiting.values()].map((request) => ({ request }))].find(
    ({ request }) => request.id === id,
  );
  if (found) window.location.hash = found.request.key;
  return found !== undefined;
}

function close() {
  const row = list.querySelector('a[aria-current]');
  window.history.pushState(undefined, '', window.location.pathname);
  showChosen();
  (row ?? list).focus();
}

window.addEventListener('hashchange', showChosen);

let source;
function follow() {
  source?.close();
  source = undefined;
  if (document.hidden) return;
  source = new EventSource('/_explorer/log');
  // What has ended meanwhile is asked for: nothing is heard while the page is hidden, or the server away.
  source.onopen = load;
  source.onmessage = ({ data }) => {
    const { entries, dropped } = JSON.parse(data);
    if (dropped > 0) return load();
    const ended = entries.filter(({ type }) => type === 'request');
    for (const request of ended) take(request);
    if (ended.length > 0) update();
  };
}
document.addEventListener('visibilitychange', follow);
setInterval(loadMappings, LOOK_EVERY_MS);
loadMappings();
follow();
showChosen();
