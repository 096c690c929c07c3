import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import synthesizeSources from '../../support/global-setup';
import { startMoto } from './moto';
import { startForwarder } from './moto-forwarder';
import { installProvider } from './provider/install';

declare global {
  var providerFolder: string | undefined;
}

/** What every test sees: the stacks as they stand, the provider they ask for, and one moto server for all of them. */
export default async function globalSetup(): Promise<void> {
  synthesizeSources();
  const moto = await startMoto();
  const forwarder = await startForwarder(moto.endpoint);
  globalThis.motoProcess = moto.process;
  globalThis.motoForwarder = forwarder.server;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: forwarder.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    CHECKPOINT_DISABLE: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // Half of what it costs to tell the provider's schema is collecting garbage.
    GOGC: '800',
  });
  const mirror = process.env.TERRAFORM_PLUGIN_DIR;
  if (mirror) process.env.TF_CLI_ARGS_init = `-plugin-dir=${mirror}`;
  globalThis.providerFolder = mkdtempSync(path.join(tmpdir(), 'provider-'));
  process.env.AWS_PROVIDER = await installProvider(globalThis.providerFolder);
}
