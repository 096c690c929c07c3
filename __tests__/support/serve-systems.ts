import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Testing } from 'cdktf';
import { type Cloud, serve } from 'terraform-offline';
import type { Environment } from '../../stacks/environment';
import { withoutTraces } from './synth';
import { SYSTEMS } from './systems';

/** Synthesizes the systems in an environment, and serves them with the local cloud. */
export async function serveSystems(settings: Environment): Promise<Cloud> {
  const folder = mkdtempSync(path.join(tmpdir(), 'systems-'));
  withoutTraces(() => {
    const app = Testing.app({ outdir: folder, stackTraces: false, fakeCdktfJsonPath: true });
    for (const [id, System] of Object.entries(SYSTEMS)) new System(app, id, settings);
    app.synth();
  });
  const cloud = await serve({ folder });
  return {
    ...cloud,
    async close() {
      await cloud.close();
      rmSync(folder, { recursive: true });
    },
  };
}
