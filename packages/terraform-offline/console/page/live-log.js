import { element } from './elements.js';

const SHOWN = 300;

const log = document.querySelector('.log');
const body = document.getElementById('log-body');
const rows = document.getElementById('log-entries');
const latest = document.getElementById('log-latest');
const toggle = document.getElementById('log-toggle');
const clear = document.getElementById('log-clear');

/** Shows what the server logs while the page can be seen. */
export function followLog(onChanged) {
  let source;
  let state;
  const follow = () => {
    source?.close();
    source = undefined;
    if (document.hidden) return;
    source = new EventSource('/_explorer/log');
    source.onopen = () => (log.dataset.state = 'live');
    source.onerror = () => (log.dataset.state = 'connecting');
    source.onmessage = ({ data }) => show(JSON.parse(data));
    source.addEventListener('changed', onChanged);
    // Nothing is heard while the page is hidden, or the server away.
    source.addEventListener('state', ({ data }) => {
      state ??= data;
      if (data !== state) onChanged();
    });
  };
  document.addEventListener('visibilitychange', follow);
  follow();
}

toggle.addEventListener('click', () => {
  const open = body.hidden;
  body.hidden = clear.hidden = !open;
  toggle.setAttribute('aria-expanded', String(open));
  body.scrollTop = body.scrollHeight;
});

clear.addEventListener('click', () => rows.replaceChildren());

function show({ entries, dropped }) {
  const atEnd = body.scrollTop + body.clientHeight >= body.scrollHeight - 8;
  const shown = entries.map(cells).filter((cell) => cell !== undefined);
  if (dropped > 0) shown.push({ kind: 'warn', status: '', text: `${dropped} more not shown`, duration: '' });
  rows.append(...shown.map(row));
  while (rows.children.length > SHOWN) rows.firstChild.remove();
  if (atEnd) body.scrollTop = body.scrollHeight;

  const newest = shown.findLast(({ isNews }) => isNews);
  if (!newest) return;
  const { kind, text, status, duration } = newest;
  latest.className = kind;
  latest.textContent = duration ? `${text} · ${status} · ${duration}` : text;
}

/** What a row says of an entry; undefined for entries that say nothing new. */
function cells(entry) {
  const time = new Date(entry.at).toLocaleTimeString();
  switch (entry.type) {
    case 'request': {
      const { key, method, path, status, failure, milliseconds } = entry;
      const kind =
        status === undefined ? (failure ? 'error' : 'report') : `status-${Math.floor(status / 100)}`;
      return {
        time,
        kind,
        status: status ?? (failure ? 'failed' : 'done'),
        text: `${method} ${path}`,
        duration: ms(milliseconds),
        link: `/_explorer/requests#${key}`,
        isNews: true,
      };
    }
    case 'platform.report': {
      const { durationMs, initDurationMs, maxMemoryUsedMB, memorySizeMB } = entry.metrics;
      const cold = initDurationMs === undefined ? '' : `, cold start ${ms(initDurationMs)}`;
      const problem = entry.status === 'success' ? '' : ` ${entry.errorType ?? entry.status}`;
      const text = `${entry.functionName}${problem}: ${maxMemoryUsedMB} of ${memorySizeMB} MB${cold}`;
      return { time, kind: problem ? 'error' : 'report', status: 'λ', text, duration: ms(durationMs) };
    }
    case 'function':
      return {
        time,
        kind: 'line',
        status: 'log',
        text: `${entry.functionName}: ${entry.line}`,
        duration: '',
      };
    case 'notice':
      return {
        time,
        kind: entry.level,
        status: entry.level,
        text: entry.message,
        duration: '',
        isNews: true,
      };
    default:
      return undefined;
  }
}

function ms(value) {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

function row({ time = '', kind, status, text, duration, link }) {
  const what = link ? element('a', { href: link }, text) : text;
  const values = [time, String(status), what, duration];
  return element('tr', { class: kind }, ...values.map((value) => element('td', {}, value)));
}
