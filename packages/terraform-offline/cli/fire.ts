import { parseArgs } from 'node:util';
import { messageOf } from '../message-of';
import { FIRE } from '../server/paths';

const USAGE = `Usage: terraform-offline fire <name> [options]

Fires an EventBridge rule or schedule of what is served, as if it were due.

  name                       the rule's or schedule's name, or its address:
                             aws_scheduler_schedule.nightly
  --port <number>            of the local cloud, default 3000
`;

/** Fires it, and prints what that is; what keeps it from that is one line, and exit code 1. */
export async function fire(args: readonly string[]): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        port: { type: 'string', default: '3000' },
      },
    });
    const [name] = positionals;
    if (values.help) process.stdout.write(USAGE);
    else if (name === undefined) throw new Error('what is to be fired? See terraform-offline fire --help');
    else process.stdout.write(await post(name, values.port));
  } catch (error) {
    process.stderr.write(`${messageOf(error).trimEnd()}\n`);
    process.exitCode = 1;
  }
}

async function post(name: string, port: string): Promise<string> {
  const url = `http://127.0.0.1:${port}`;
  const response = await fetch(`${url}${FIRE}${encodeURIComponent(name)}`, { method: 'POST' }).catch(
    (error: unknown) => {
      throw new Error(`nothing answers at ${url}: start terraform-offline, or name its --port`, {
        cause: error,
      });
    },
  );
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(text);
}
