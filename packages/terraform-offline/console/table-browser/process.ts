import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createServer as createDynamoDbAdmin } from 'dynamodb-admin';
import { isForeignOrigin, isLoopbackHost } from '../../server/access-control';
import { listenOnLoopback } from '../../server/listen-on-loopback';
import { countItems } from './item-counts';
import type { TableBrowserSettings } from './table-browser';

// A process of its own: starts when the table browser is first opened, ends with the process that opened it.
const settings = JSON.parse(process.argv[2] ?? '') as TableBrowserSettings;

const client = new DynamoDBClient(settings);
countItems(client);
const admin = createDynamoDbAdmin({ dynamoDbClient: client }) as RequestListener;

const server = createServer((request, response) => {
  // A page around it could have its buttons clicked unseen. https://www.w3.org/TR/CSP3/#directive-frame-ancestors
  response.setHeader('Content-Security-Policy', "frame-ancestors 'none'");
  const { host, origin } = request.headers;
  if (!isLoopbackHost(host)) refuse(response, 421, 'Open the table browser as localhost or 127.0.0.1.');
  else if (isForeignOrigin(origin, host))
    refuse(response, 403, `The table browser takes no requests from ${origin}.`);
  // Browsers ask for it, and dynamodb-admin has none.
  else if (request.url === '/favicon.ico') response.writeHead(204).end();
  else admin(request, response);
});

void listenOnLoopback(server, settings.port).then((port) => process.send?.(port));
process.on('disconnect', () => process.exit());

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
}
