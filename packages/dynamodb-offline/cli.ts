#!/usr/bin/env node
import module from 'node:module';
import { parseArgs } from 'node:util';
import { version } from './package.json';

const USAGE = `Usage: dynamodb-offline [options]

Serves DynamoDB's API on this machine. Clients need its address as their endpoint, a region, and any credentials.

  --port <number>        the port to listen on; 8000 unless given, 0 for any that is free
  --host <address>       the address to listen on; 127.0.0.1 unless given, which this machine alone can reach
  --data-dir <folder>    where the tables are kept; ./dynamodb-data unless given
  --in-memory            keep the tables in memory: they end with this program
  --region <name>        the region in the tables' ARNs; us-east-1 unless given
  --ttl-delay <seconds>  how often expired items are looked for; 5 unless given
  --repair               remove first what cannot be read any more, and tell what that was
  --help                 tell this
  --version              tell the version
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8000' },
      host: { type: 'string', default: '127.0.0.1' },
      'data-dir': { type: 'string' },
      'in-memory': { type: 'boolean', default: false },
      region: { type: 'string', default: 'us-east-1' },
      'ttl-delay': { type: 'string', default: '5' },
      repair: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  if (values.version) return void process.stdout.write(`${version}\n`);
  if (values['in-memory'] && values['data-dir'] !== undefined) {
    throw new Error('--in-memory and --data-dir exclude each other: give one of them');
  }
  const dataDir = values['in-memory'] ? undefined : (values['data-dir'] ?? 'dynamodb-data');
  (module as { readonly enableCompileCache?: () => void }).enableCompileCache?.();
  const { start } = await import('./index');
  const database = await start({
    port: numberOf('--port', values.port, 65_535),
    host: values.host,
    dataDir,
    region: values.region,
    ttlDelay: numberOf('--ttl-delay', values['ttl-delay'], 86_400),
    repair: values.repair,
    log: (line) => console.error(line),
  });
  console.log(
    `DynamoDB is at ${database.endpoint}, ${dataDir === undefined ? 'in memory' : `its data in ${dataDir}`}`,
  );

  const stop = () => void database.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function numberOf(option: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > most) {
    throw new Error(`${option} takes a whole number from 0 to ${most}, received ${JSON.stringify(text)}`);
  }
  return value;
}

main().catch((error: unknown) => {
  console.error(`dynamodb-offline: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
