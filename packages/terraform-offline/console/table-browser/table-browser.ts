import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Credentials } from '../../iam/credentials';
import { isForeignOrigin, isLoopbackHost } from '../../server/access-control';
import { listenOnLoopback } from '../../server/listen-on-loopback';
import { countItems } from './item-counts';

/** What is used of the application that dynamodb-admin makes. */
type Express = RequestListener & { readonly set: (setting: string, value: string) => void };

export interface TableBrowserSettings {
  /** Where DynamoDB answers. */
  readonly endpoint: string;
  readonly region: string;
  /** Of the browser itself; another free one when it is taken. 0: any free one. */
  readonly port: number;
  /** Those of the operator, who may do everything to every table. */
  readonly credentials: Credentials;
}

export interface TableBrowser {
  /** Where it answers; starts it if it is not running. */
  url(): Promise<string>;
  close(): void;
}

/**
 * dynamodb-admin on a loopback port; not loaded before it is wanted.
 * @param log told when its port is another than the one that was asked for
 */
export function createTableBrowser(
  settings: () => TableBrowserSettings,
  log: (message: string) => void,
): TableBrowser {
  let server: Server | undefined;
  let url: Promise<string> | undefined;

  async function start(): Promise<string> {
    const { port: wanted, ...client } = settings();
    server = createServer(await browserOf(client));
    const port = await listenOnLoopback(server, wanted);
    if (wanted !== 0 && port !== wanted) {
      log(`port ${wanted} is in use: the table browser is at port ${port}`);
    }
    return `http://127.0.0.1:${port}`;
  }

  return {
    url: () => (url ??= start()),
    close() {
      server?.close();
      server?.closeAllConnections();
      server = undefined;
      url = undefined;
    },
  };
}

async function browserOf(settings: Omit<TableBrowserSettings, 'port'>): Promise<RequestListener> {
  // The SDK's own variable, for whoever runs an older Node.js on purpose.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const [{ DynamoDBClient }, { createServer: createDynamoDbAdmin }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('dynamodb-admin'),
  ]);
  const client = new DynamoDBClient(settings);
  countItems(client);
  const admin = createDynamoDbAdmin({ dynamoDbClient: client }) as Express;
  // Express shows stack traces otherwise.
  admin.set('env', 'production');
  return (request, response) => {
    // A page around it could have its buttons clicked unseen. https://www.w3.org/TR/CSP3/#directive-frame-ancestors
    response.setHeader('Content-Security-Policy', "frame-ancestors 'none'");
    const { host, origin } = request.headers;
    if (!isLoopbackHost(host)) refuse(response, 421, 'Open the table browser as localhost or 127.0.0.1.');
    else if (isForeignOrigin(origin, host))
      refuse(response, 403, `The table browser takes no requests from ${origin}.`);
    // Browsers ask for it, and dynamodb-admin has none.
    else if (request.url === '/favicon.ico') response.writeHead(204).end();
    else admin(request, response);
  };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
}
