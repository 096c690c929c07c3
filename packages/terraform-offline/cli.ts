#!/usr/bin/env node
import path from 'node:path';
import { run } from './cli/command';

const USAGE = `Usage: terraform-offline [folder] [options]

Serves Terraform on this machine, as it would be deployed.

  folder                     a cdktf.out, one stack of it, or a folder of .tf files;
                             default cdktf.out or, without one, this folder
`;

/** Terraform, Git and the database keep what is their own in hidden folders. */
function isSource(file: string): boolean {
  return !file.split(path.sep).some((name) => name.startsWith('.')) && !/^node_modules\b/.test(file);
}

void run(process.argv.slice(2), {
  name: 'terraform-offline',
  usage: USAGE,
  watch: (root) => ({ root, includes: isSource }),
});
