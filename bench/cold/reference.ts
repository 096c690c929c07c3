import path from 'node:path';
import { build } from 'esbuild';
import { lambdaBundleOptions } from '../../tools/build/functions';
import { buildFolder, projectRoot } from '../../tools/project-root';
import type { Order } from './process';

/** The commands of lib-dynamodb that a bare handler is made for, with their parameters as code. */
const COMMANDS = {
  put: ['PutCommand', '{ TableName, Item: { id, ...JSON.parse(event.body ?? null) } }'],
  get: ['GetCommand', '{ TableName, Key: { id } }'],
  update: [
    'UpdateCommand',
    "{ TableName, Key: { id }, UpdateExpression: 'SET #name = :name', ExpressionAttributeNames: { '#name': 'name' }, ExpressionAttributeValues: { ':name': 'Jacket' }, ReturnValues: 'ALL_NEW' }",
  ],
  delete: ['DeleteCommand', '{ TableName, Key: { id } }'],
  scan: ['ScanCommand', '{ TableName, Limit: 25 }'],
} as const;

export type Reference = keyof typeof COMMANDS;

export const references = Object.keys(COMMANDS) as Reference[];

const CREDENTIALS = '@aws-sdk/credential-provider-node';

/**
 * Bundles the handlers that everybody's is compared with: the SDK as it comes, and the call. They have the deployed
 * bundles' options, the environment's credentials among them, without which their load would take 1.4 times as long; but
 * none of the other exceptions.
 * @returns the folder; each is in `<reference>/index.mjs` there
 */
export async function bundleReferences(): Promise<string> {
  const folder = path.join(buildFolder(), 'bench/references');
  await Promise.all(
    references.map((reference) =>
      build({
        ...lambdaBundleOptions,
        absWorkingDir: projectRoot,
        alias: { [CREDENTIALS]: lambdaBundleOptions.alias[CREDENTIALS] ?? '' },
        external: [],
        plugins: [],
        stdin: { contents: sourceOf(reference), resolveDir: projectRoot },
        outfile: path.join(folder, reference, 'index.mjs'),
        outExtension: {},
        sourcemap: false,
        write: true,
      }),
    ),
  );
  return folder;
}

/** A request to the bare handler of that name, out of the folder that `bundleReferences` made. */
export function referenceOrder(folder: string, reference: Reference): Order {
  const body = JSON.stringify({ product: 'Beautiful Jacket', price: 78.89, sizes: ['S', 'M', 'L'] });
  return { file: path.join(folder, reference, 'index.mjs'), event: { body } };
}

function sourceOf(reference: Reference): string {
  const [command, input] = COMMANDS[reference];
  return `
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { DynamoDBDocumentClient, ${command} } from '@aws-sdk/lib-dynamodb';

    const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    const TableName = process.env.TABLE_NAME;
    const id = '1';

    export const handler = async (event) => {
      const { $metadata, ...answer } = await client.send(new ${command}(${input}));
      return { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(answer) };
    };`;
}
