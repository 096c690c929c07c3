import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface StubOfDynamoDB {
  readonly endpoint: string;
  /** File with the certificate to trust. */
  readonly certificate: string;
  close(): void;
}

const row = {
  id: { S: '0a80d328-3efc-53f1-88da-13fd9e78e9b1' },
  data: { M: { product: { S: 'Beautiful Jacket' }, price: { N: '78.89' } } },
  name: { S: 'Beautiful Jacket' },
  price: { N: '78.89' },
  createdAt: { S: '2024-11-04T10:30:00.000Z' },
  updatedAt: { S: '2024-11-04T10:30:00.000Z' },
  version: { N: '1' },
};

const ANSWERS: Readonly<Record<string, object>> = {
  PutItem: {},
  GetItem: { Item: row },
  UpdateItem: { Attributes: row },
  DeleteItem: {},
  Scan: { Items: [row], Count: 1, ScannedCount: 1 },
};

/** Answers at once, over TLS as DynamoDB does: over plain HTTP the SDK loads other modules. */
export async function stubOfDynamoDB(): Promise<StubOfDynamoDB> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-tls-'));
  const file = (name: string) => path.join(folder, name);
  // Node makes no certificates.
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', file('key.pem'), '-out', file('certificate.pem')];
  execFileSync('openssl', ['req', '-x509', ...key, ...files, ...subject], { stdio: 'ignore' });

  const tls = { key: readFileSync(file('key.pem')), cert: readFileSync(file('certificate.pem')) };
  const server = createServer(tls, (request, response) => {
    request.resume().on('end', () => {
      if (request.method === 'GET') {
        response.end('healthy: dynamodb.us-east-1.amazonaws.com ');
        return;
      }
      const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
      response.setHeader('Content-Type', 'application/x-amz-json-1.0');
      response.setHeader('x-amzn-RequestId', 'R6QVUPN0JH0ET9Q6PN6CE1I6GVVV4KQNSO5AEMVJF66Q9ASUAAJG');
      response.end(JSON.stringify(ANSWERS[operation] ?? {}));
    });
  }).listen(0, 'localhost');
  await once(server, 'listening');
  return {
    endpoint: `https://localhost:${(server.address() as AddressInfo).port}`,
    certificate: file('certificate.pem'),
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}
