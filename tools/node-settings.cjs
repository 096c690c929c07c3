// How Node runs this repository's programs: `node --require ./tools/node-settings.cjs <program>`.
const nodeModule = require('node:module');
const path = require('node:path');

// What is loaded at every start is compiled once. Node has both from 22.14 on.
nodeModule.enableCompileCache?.(path.resolve(__dirname, '../node_modules/.cache/node'));

// Errors name positions in the sources; the maps of packages, which take longer to read than the packages, are left alone.
if (nodeModule.setSourceMapsSupport)
  nodeModule.setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
else process.setSourceMapsEnabled(true);
