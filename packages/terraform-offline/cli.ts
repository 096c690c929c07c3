#!/usr/bin/env node
import path from 'node:path';
import { run } from './cli/command';
import { printCredentials } from './cli/credentials';
import { printToken } from './cli/token';

const USAGE = `Usage: terraform-offline [folder] [options]
       terraform-offline token --issuer <url> [options]
       terraform-offline credentials <role or user> [folder] [options]

Serves Terraform on this machine, as it would be deployed.

  folder                     a cdktf.out, one stack of it, or a folder of .tf files;
                             default cdktf.out or, without one, this folder
`;

/** Terraform, Git and the database keep what is their own in hidden folders. */
function isSource(file: string): boolean {
  return !file.split(path.sep).some((name) => name.startsWith('.')) && !/^node_modules\b/.test(file);
}

const [first, ...rest] = process.argv.slice(2);
if (first === 'token') void printToken(rest);
else if (first === 'credentials') void printCredentials(rest);
else {
  void run(process.argv.slice(2), {
    name: 'terraform-offline',
    usage: USAGE,
    watch: (root) => ({ root, includes: isSource }),
  });
}
