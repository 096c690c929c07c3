import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipFolder } from './zip';

/** What a synthesized stack holds, as far as an offline machine changes it. */
export interface StackJson {
  terraform: { required_providers: Record<string, { source: string; version: string }> };
  provider: Record<string, unknown>;
  resource: Record<string, Record<string, Record<string, unknown>>>;
  data?: { archive_file?: Record<string, ArchiveFile> };
}

interface ArchiveFile {
  source_dir: string;
  output_path: string;
}

interface Adaptation {
  readonly configuration: StackJson;
  /** One line for each thing that is not as synthesized. */
  readonly changes: readonly string[];
}

/** The newest runtime that version 5 of the AWS provider knows. */
const OLD_RUNTIME = 'nodejs22.x';

/**
 * The configuration as an offline machine can apply it.
 * @param folder the stack's, where its assets are and its zips go
 * @param mirror folder of providers, as `terraform init -plugin-dir` takes it
 * @throws when the mirror lacks a provider that cannot be done without
 */
export function forOffline(configuration: StackJson, folder: string, mirror: string): Adaptation {
  const steps = Object.keys(configuration.terraform.required_providers).map((provider) => {
    const held = versionsOf(mirror, configuration.terraform.required_providers[provider]!.source);
    if (provider === 'archive' && held.length === 0) return (from: StackJson) => withoutArchive(from, folder);
    return (from: StackJson) => withProviderOf(from, provider, held);
  });
  return [...steps, withKnownRuntime].reduce<Adaptation>(
    (done, step) => {
      const next = step(done.configuration);
      return { configuration: next.configuration, changes: [...done.changes, ...next.changes] };
    },
    { configuration, changes: [] },
  );
}

function versionsOf(mirror: string, source: string): string[] {
  const folder = path.join(
    mirror,
    'registry.terraform.io',
    source.includes('/') ? source : `hashicorp/${source}`,
  );
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function withProviderOf(from: StackJson, provider: string, held: readonly string[]): Adaptation {
  const configuration = structuredClone(from);
  const pin = configuration.terraform.required_providers[provider]!;
  if (held.includes(pin.version)) return { configuration, changes: [] };
  const version = held.at(-1);
  if (!version) throw new Error(`TERRAFORM_PLUGIN_DIR holds no version of ${pin.source}`);
  const change = `provider ${provider}: ${pin.version} becomes ${version}, which the mirror holds`;
  pin.version = version;
  return { configuration, changes: [change] };
}

/** Drops the archive provider; its zips are made here, and stand where it would have put them. */
function withoutArchive(from: StackJson, folder: string): Adaptation {
  const { data: { archive_file: archives = {}, ...data } = {}, ...rest } = structuredClone(from);
  delete rest.terraform.required_providers.archive;
  delete rest.provider.archive;
  // Terraform takes no empty block.
  let text = JSON.stringify({ ...rest, ...(Object.keys(data).length > 0 && { data }) });
  const changes = Object.entries(archives).map(([name, { source_dir, output_path }]) => {
    const zip = zipFolder(path.join(folder, source_dir));
    mkdirSync(path.dirname(path.join(folder, output_path)), { recursive: true });
    writeFileSync(path.join(folder, output_path), zip);
    const hash = createHash('sha256').update(zip).digest('base64');
    text = text
      .replaceAll(`\${data.archive_file.${name}.output_path}`, output_path)
      .replaceAll(`\${data.archive_file.${name}.output_base64sha256}`, hash);
    return `data.archive_file.${name}: replaced by an equal zip of ${source_dir}`;
  });
  return {
    configuration: JSON.parse(text) as StackJson,
    changes: ['provider archive: left out, the mirror does not hold it', ...changes],
  };
}

function withKnownRuntime(from: StackJson): Adaptation {
  const { aws } = from.terraform.required_providers;
  const text = JSON.stringify(from);
  const runtime = /"(nodejs2[4-9]\.x)"/.exec(text)?.[1];
  if (!aws || Number.parseInt(aws.version) >= 6 || !runtime) return { configuration: from, changes: [] };
  return {
    configuration: JSON.parse(text.replaceAll(`"${runtime}"`, `"${OLD_RUNTIME}"`)) as StackJson,
    changes: [`runtime: ${runtime} becomes ${OLD_RUNTIME}, which provider ${aws.version} knows`],
  };
}
