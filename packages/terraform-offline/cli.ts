#!/usr/bin/env node
import { run } from './cli/command';

const USAGE = `Usage: terraform-offline [folder] [options]

Serves a synthesized CDKTF app on this machine, as it would be deployed.

  folder                     default cdktf.out
`;

void run(process.argv.slice(2), {
  name: 'terraform-offline',
  usage: USAGE,
  // Terraform keeps what is its own there too.
  watch: (root) => ({ root, includes: (file) => !file.includes('.terraform') }),
});
