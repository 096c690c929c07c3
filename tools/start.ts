import { run } from 'terraform-offline/command';
import { buildAndSynthesize } from './build/build';
import { incrementalCompile } from './build/compile';
import { outputFolder, projectRoot, thisProject } from './project-root';

const USAGE = `Usage: npm start -- [options]

Builds and synthesizes every stack, and serves the Terraform that would be deployed on this machine; for JSON lines
alone: npm start --silent -- --json

  --no-build                 serve cdktf.out as it stands
`;

/** What the functions and the stacks are made of. */
const SOURCES = /^(?:functions|stacks|main\.ts)(?:\/|$)/;

const args = process.argv.slice(2);
const builds = !args.includes('--no-build');
const compile = incrementalCompile();
if (!builds && args.includes('--watch')) {
  console.error('--watch and --no-build exclude each other');
  process.exit(1);
}

void run(
  args.filter((arg) => arg !== '--no-build'),
  {
    name: 'npm start --',
    usage: USAGE,
    folder: outputFolder(),
    ...(builds && { make: () => buildAndSynthesize(thisProject(), compile) }),
    watch: () => (builds ? { root: projectRoot, includes: (file) => SOURCES.test(file) } : undefined),
  },
);
