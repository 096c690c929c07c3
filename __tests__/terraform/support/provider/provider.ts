import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { relayTo } from './relay';

/** By the address of a provider that runs, how Terraform attaches to it. */
type Reattach = Record<string, { Addr: { Network: 'unix' | 'tcp'; String: string } }>;

export interface Provider {
  /** For Terraform, when it runs in the folder. */
  readonly variables: Readonly<Record<string, string>>;
  end(): void;
}

/**
 * Starts the AWS provider for the commands in a folder, which attach to it: Terraform starts one or two with every command
 * otherwise.
 * https://developer.hashicorp.com/terraform/plugin/debugging
 * @param types those of the folder's stack, as it is by the time it is asked
 */
export async function startProvider(folder: string, types: ReadonlySet<string>): Promise<Provider> {
  const child = spawn(process.env.AWS_PROVIDER!, ['-debug'], {
    // The stack's files are named relative to it.
    cwd: folder,
    // With certificates of one's own it cannot be given settings a second time.
    env: { ...process.env, AWS_CA_BUNDLE: undefined, TF_LOG: 'off' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const reattach = await reattachOf(child);
  const [address] = Object.keys(reattach);
  const { Addr, ...config } = reattach[address!]!;
  const session = http2.connect('http://provider', { createConnection: () => net.connect(Addr.String) });
  const relay = relayTo(session, types);
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const own = { Network: 'tcp', String: `127.0.0.1:${(relay.address() as AddressInfo).port}` };
  return {
    variables: { TF_REATTACH_PROVIDERS: JSON.stringify({ [address!]: { ...config, Addr: own } }) },
    end: () => {
      relay.close();
      session.close(() => child.kill());
    },
  };
}

async function reattachOf(provider: ChildProcess): Promise<Reattach> {
  const lines = createInterface({ input: provider.stdout! });
  const end = once(provider, 'exit').then(() => Promise.reject(new Error('the provider ended at once')));
  const told = new Promise<Reattach>((resolve) => {
    // Read on afterwards: a full pipe would stop it.
    lines.on('line', (line) => {
      const [, reattach] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line) ?? [];
      if (reattach !== undefined) resolve(JSON.parse(reattach) as Reattach);
    });
  });
  return Promise.race([told, end]);
}
