import { synthesize } from './synthesize';
import { type AppThread, startAppThread } from './thread';
import { appVersion, vendorVersion } from './version';

/** Synthesizes what was synthesized before, when it is another one. */
export interface Resynthesizer {
  /** Whether the app is not the one that was last synthesized. */
  isDue(): boolean;
  synthesize(): Promise<void>;
  /** Loads the app's packages for the next time. */
  prepare(): void;
}

/** To be made when the app has just been synthesized. */
export function resynthesizer(): Resynthesizer {
  let synthesized: string | undefined = appVersion();
  let prepared: { readonly thread: AppThread; readonly vendor: string } | undefined;

  const takeThread = () => {
    const taken = prepared;
    prepared = undefined;
    if (taken?.vendor === vendorVersion()) return taken.thread;
    taken?.thread.end();
    return startAppThread();
  };
  return {
    isDue: () => appVersion() !== synthesized,
    async synthesize() {
      const app = appVersion();
      // An app that fails may have written some of its stacks.
      synthesized = undefined;
      await synthesize({ thread: takeThread() });
      synthesized = app;
    },
    prepare() {
      prepared ??= { thread: startAppThread(), vendor: vendorVersion() };
    },
  };
}
