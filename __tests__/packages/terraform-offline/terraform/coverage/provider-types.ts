import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the provider's types say of an attribute. */
export interface Attribute {
  /** `cors_configuration.allow_origins` */
  readonly path: string;
  /** As TypeScript has it: `string`, `string[]`, `{` for a map. */
  readonly type: string;
  readonly isBlock: boolean;
}

function folderOf(provider: 'aws' | 'archive'): string {
  return path.join(path.dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), 'lib');
}

/** `aws_lambda_function`, or `data.aws_region`, for every resource and data source of the provider. */
export function typesOf(provider: 'aws' | 'archive'): string[] {
  return readdirSync(folderOf(provider), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'provider')
    .map(({ name }) => name.replaceAll('-', '_'))
    .map((name) =>
      name.startsWith('data_')
        ? name.replace('data_', 'data.')
        : provider === 'aws'
          ? `aws_${name}`
          : `${provider}_${name}`,
    );
}

/** Every attribute that a configuration may set, blocks before what is within them. */
export function attributesOf(type: string): Attribute[] {
  const provider = /^(data\.)?archive_/.test(type) ? 'archive' : 'aws';
  const name = type.replace('data.', 'data_').replace(/^(aws|archive)_/, '');
  const folder = path.join(folderOf(provider), name.replaceAll('_', '-'));
  const text = readdirSync(folder)
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  const interfaces = new Map(
    [...text.matchAll(/export interface (\w+)[^{]*\{\n(.*?)\n\}/gs)].map(([, name, body]) => [name!, body!]),
  );
  const [, root] = /export interface (\w+) extends cdktf\.TerraformMetaArguments/.exec(text) ?? [];
  const within = (name: string, prefix: string): Attribute[] =>
    // Each attribute's comment links to its documentation, under Terraform's own name.
    [...interfaces.get(name)!.matchAll(/#(\w+) \S+\}.*?readonly \w+\??: (\{|[^;]*)/gs)].flatMap(
      ([, attribute, declared]) => {
        const [type] = declared!.split(' | ');
        const block = type!.replace('[]', '');
        const path = `${prefix}${attribute!}`;
        return interfaces.has(block)
          ? [{ path, type: type!, isBlock: true }, ...within(block, `${path}.`)]
          : [{ path, type: type!, isBlock: false }];
      },
    );
  return within(root!, '');
}
