import { createLog } from '../../../../packages/terraform-offline/log/create-log';
import type { LogEntry } from '../../../../packages/terraform-offline/log/log';

const access: LogEntry = { type: 'access', method: 'GET', path: '/x?y', status: 200, milliseconds: 1.234 };
const line: LogEntry = {
  type: 'function',
  functionName: 'Store',
  line: '{"timestamp":"2026-01-01T00:00:00.000Z","level":"WARN","requestId":"r","message":{"order":7}}\n',
};
const report: LogEntry = {
  type: 'platform.report',
  functionName: 'Store',
  requestId: 'r',
  status: 'success',
  errorType: undefined,
  metrics: {
    durationMs: 1.5,
    billedDurationMs: 102,
    memorySizeMB: 512,
    maxMemoryUsedMB: 20,
    initDurationMs: 100.25,
  },
};
const warning: LogEntry = { type: 'notice', level: 'warn', message: 'a grant is missing' };

function written(
  entries: readonly LogEntry[],
  options: { json?: boolean; quiet?: boolean; colours?: boolean },
) {
  let text = '';
  const { json = false, quiet = false, colours = false } = options;
  const stream = { write: (chunk: string) => (text += chunk), hasColors: () => colours };
  const { log, flush } = createLog({ json, quiet, stream });
  entries.forEach(log);
  flush();
  return text;
}

describe('the log', () => {
  it.each([
    ['a request', access, 'GET /x?y 200 1.2 ms\n'],
    ['a function’s line', line, 'Store WARN { order: 7 }\n'],
    [
      'a report',
      report,
      'Store REPORT RequestId: r  Duration: 1.5 ms  Billed Duration: 102 ms  Memory Size: 512 MB  Max Memory Used: 20 MB  Init Duration: 100.25 ms\n',
    ],
    [
      'a start',
      { type: 'platform.start', functionName: 'Store', requestId: 'r', version: '$LATEST' } as const,
      'Store START RequestId: r Version: $LATEST\n',
    ],
    ['a warning', warning, 'a grant is missing\n'],
    ['raw text', { type: 'function', functionName: 'Store', line: 'raw\n' } as const, 'Store raw\n'],
  ])('shows %s without colours where there is no terminal', (_case, entry, text) => {
    expect(written([entry], {})).toBe(text);
  });

  const failed = (message: object): LogEntry => ({
    type: 'function',
    functionName: 'Store',
    line: JSON.stringify({ timestamp: '2026-01-01T00:00:00.000Z', level: 'ERROR', requestId: 'r', message }),
  });
  const stackTrace = [
    'TypeError: no id',
    '    at handler (functions/store.ts:4:7)',
    '    at run (node:x:1:1)',
  ];
  const cause = {
    errorType: 'Error',
    errorMessage: 'reset',
    stackTrace: ['Error: reset', '    at read (functions/read.ts:9:3)'],
  };

  it.each<[what: string, message: object, text: string]>([
    [
      'an error',
      { errorType: 'TypeError', errorMessage: 'no id', stackTrace },
      'Store ERROR TypeError: no id\n    at handler (functions/store.ts:4:7)\n    at run (node:x:1:1)\n',
    ],
    [
      'an error with a cause and members of its own',
      { errorType: 'TypeError', errorMessage: 'no id', stackTrace, code: 'NO_ID', cause },
      'Store ERROR TypeError: no id\n    at handler (functions/store.ts:4:7)\n    at run (node:x:1:1)\n' +
        "  { code: 'NO_ID' }\n  cause: Error: reset\n      at read (functions/read.ts:9:3)\n",
    ],
    [
      'an error that the function took apart',
      {
        requestId: 'r',
        cause: {
          name: 'Error',
          message: 'reset',
          stack: 'Error: reset\n    at read (functions/read.ts:9:3)',
        },
      },
      "Store ERROR { requestId: 'r' }\n  cause: Error: reset\n      at read (functions/read.ts:9:3)\n",
    ],
    ['what only looks like one', { stack: 7, name: 'x' }, "Store ERROR { stack: 7, name: 'x' }\n"],
  ])('shows %s on lines of its own', (_what, message, text) => {
    expect(written([failed(message)], {})).toBe(text);
  });

  it('keeps an error on one line for machines', () => {
    const text = written([failed({ errorType: 'Error', errorMessage: 'x', stackTrace, cause })], {
      json: true,
    });

    expect(text.trimEnd()).not.toContain('\n');
    expect(JSON.parse(text)).toMatchObject({ message: { stackTrace, cause } });
  });

  it('has colours on a terminal', () => {
    expect(written([access], { colours: true })).toContain('\u001b[32m200\u001b[39m');
  });

  it('passes functions’ lines on for machines, and puts the rest in Lambda’s envelope', () => {
    const [first = '', second = ''] = written([line, report], { json: true }).split('\n');

    expect(first).toBe(line.line.trimEnd());
    expect(JSON.parse(second)).toEqual({
      time: expect.any(String) as unknown,
      type: 'platform.report',
      record: { functionName: 'Store', requestId: 'r', status: 'success', metrics: report.metrics },
    });
  });

  it('shows problems only when it is to be quiet', () => {
    expect(written([access, line, report, warning], { quiet: true })).toBe('a grant is missing\n');
  });
});
