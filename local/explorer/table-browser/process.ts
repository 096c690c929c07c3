import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createServer as createDynamoDbAdmin } from 'dynamodb-admin';
import { isLoopbackHost } from '../host';
import type { TableBrowserSettings } from './table-browser';

// A process of its own: starts when the table browser is first opened, ends with the process that opened it.
const settings = JSON.parse(process.argv[2] ?? '') as TableBrowserSettings;

const admin = createDynamoDbAdmin({ dynamoDbClient: new DynamoDBClient(settings) }) as RequestListener;

const server = createServer((request, response) => {
  if (isLoopbackHost(request.headers.host)) admin(request, response);
  else response.writeHead(421, { 'Content-Type': 'text/plain' }).end('open the table browser as localhost\n');
});

server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('disconnect', () => process.exit());
