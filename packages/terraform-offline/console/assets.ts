import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../package-root';

const PAGE = path.join(packageRoot, 'console/page');
const SWAGGER_UI = path.dirname(require.resolve('swagger-ui-dist/package.json'));

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const FOLDERS: Readonly<Record<string, string>> = {
  'diagram.css': PAGE,
  'elements.js': PAGE,
  'icon.svg': PAGE,
  'json-view.js': PAGE,
  'live-log.css': PAGE,
  'live-log.js': PAGE,
  'page.css': PAGE,
  'page.js': PAGE,
  'request-detail.css': PAGE,
  'request-detail.js': PAGE,
  'requests.css': PAGE,
  'requests.js': PAGE,
  'send-again.js': PAGE,
  'swagger-ui.css': SWAGGER_UI,
  'swagger-ui-bundle.js': SWAGGER_UI,
  'system.css': PAGE,
  'theme.css': PAGE,
  'try-it-controls.css': PAGE,
  'try-it.css': PAGE,
  'try-it.js': PAGE,
};

export interface Asset {
  readonly mediaType: string;
  readonly contents: Buffer;
}

/** A file that the page refers to; undefined for any other name. */
export function asset(name: string): Promise<Asset> | undefined {
  const folder = Object.hasOwn(FOLDERS, name) ? FOLDERS[name] : undefined;
  if (folder === undefined) return undefined;
  const mediaType = MEDIA_TYPES[path.extname(name)] ?? 'application/octet-stream';
  return readFile(path.join(folder, name)).then((contents) => ({ mediaType, contents }));
}
