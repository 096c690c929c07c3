const { execFileSync } = require('node:child_process');
const path = require('node:path');

/** Every test sees the bundles, the programs and the synthesized Terraform of the sources as they stand. */
module.exports = () => {
  execFileSync(process.execPath, ['tools/ts.mjs', 'tools/synth.ts'], {
    cwd: path.resolve(__dirname, '../..'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};
