import { build } from '../bundle/build';
import { synthesize } from './synthesize';

/** Makes `cdktf.out` what the sources say. Rejects with what the compiler or the app says. */
export async function buildAndSynthesize(): Promise<void> {
  await build();
  await synthesize();
}
