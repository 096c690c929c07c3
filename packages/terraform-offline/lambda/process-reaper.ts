import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Waits for the end of its input, which comes with the end of the server, whatever ends that. Then kills what the
 * server has left running, and deletes its folder.
 */
const SCRIPT = `
trap '' INT TERM HUP
read -r _
for process in "$1"/processes/*; do kill -s KILL -- "-\${process##*/}"; done
chmod -R u+w "$1"
rm -rf "$1"
`;

/** Ends the groups of processes, and deletes the folder, that the service has while it runs, however the server ends. */
export class ProcessReaper {
  /** A folder outside any project. */
  readonly folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'terraform-offline-'));
  private readonly processes = path.join(this.folder, 'processes');
  private shell: ChildProcess;
  private isClosed = false;

  constructor() {
    mkdirSync(this.processes);
    this.shell = this.start();
  }

  private start(): ChildProcess {
    const shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', this.folder], {
      cwd: '/',
      // Of no terminal: Ctrl-C ends the server first.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    shell.unref();
    // Whoever killed it did not mean the folder to stay.
    shell.on('exit', () => {
      if (!this.isClosed) this.shell = this.start();
    });
    return shell;
  }

  /** @param group of processes, which is to end with the server */
  watch(group: number): void {
    writeFileSync(path.join(this.processes, String(group)), '');
  }

  /** The group has ended: its number may be given to another one. */
  forget(group: number): void {
    rmSync(path.join(this.processes, String(group)), { force: true });
  }

  /** Resolves when the folder has gone. */
  async close(): Promise<void> {
    this.isClosed = true;
    const { exitCode, signalCode, stdin } = this.shell;
    stdin?.destroy();
    if (exitCode !== null || signalCode !== null) return;
    // Nothing else may be left that keeps this process until then.
    this.shell.ref();
    await once(this.shell, 'exit');
  }
}
