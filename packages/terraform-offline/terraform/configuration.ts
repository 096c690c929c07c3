import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../is-object';
import { messageOf } from '../message-of';
import { Block } from './block';
import { resolve, type Reference } from './expression';
import { Resource } from './resource';

/** One stack's `cdk.tf.json`: its resources and data sources, their references resolved when they are read. */
export class Configuration {
  readonly region: string;
  private readonly byType = new Map<string, Map<string, Resource>>();
  private readonly outputBlock: Readonly<Record<string, unknown>>;

  /**
   * @param folder the stack's folder, which relative paths start from
   * @param endpoint where the stack's API answers, without the stage; undefined for AWS's own host names
   * @throws when the folder has no `cdk.tf.json`, or it is no JSON object
   */
  constructor(
    readonly stackId: string,
    readonly folder: string,
    readonly endpoint: string | undefined,
  ) {
    const json = readJson(path.join(folder, 'cdk.tf.json'));
    this.add('', json.resource);
    this.add('data.', json.data);
    this.outputBlock = isObject(json.output) ? json.output : {};
    const aws = new Block(stackId, (name) => json[name]).block('provider')?.block('aws');
    this.region = aws?.optionalText('region') ?? 'us-east-1';
  }

  /** Every resource of the type; a data source's type begins with `data.`. */
  all(type: string): readonly Resource[] {
    return [...(this.byType.get(type)?.values() ?? [])];
  }

  /** The first resource of the type whose attribute has this value. */
  find(type: string, attribute: string, value: string): Resource | undefined {
    return this.all(type).find((resource) => resource.value(attribute) === value);
  }

  outputs({ sensitive }: { readonly sensitive: boolean }): Readonly<Record<string, unknown>> {
    const values = Object.entries(this.outputBlock)
      .map(([name, output]) => ({ name, output: isObject(output) ? output : {} }))
      .filter(({ output }) => (output.sensitive === true) === sensitive)
      .map(({ name, output }) => [name, this.resolve(`${this.stackId}: output.${name}`, output.value)]);
    return Object.fromEntries(values) as Record<string, unknown>;
  }

  /** @throws when it cannot be resolved: `where`, then what is wrong */
  resolve(where: string, value: unknown): unknown {
    try {
      return resolve(value, (reference) => this.lookup(reference));
    } catch (error) {
      throw new Error(`${where}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  private lookup({ type, name, path: [attribute = '', ...steps] }: Reference): unknown {
    const resource = this.byType.get(type)?.get(name);
    if (!resource) throw new Error(`there is no ${type}.${name}`);
    const found = steps.reduce(step, resource.value(attribute));
    if (found === undefined) {
      const missing = [attribute, ...steps].join('.');
      throw new Error(
        `${type}.${name} has no attribute ${missing}; terraform/computed lists what AWS computes`,
      );
    }
    return found;
  }

  private add(prefix: string, types: unknown): void {
    if (!isObject(types)) return;
    for (const [type, byName] of Object.entries(types)) {
      const resources = Object.entries(isObject(byName) ? byName : {}).map(([name, attributes]) => {
        const resource = new Resource(this, prefix + type, name, isObject(attributes) ? attributes : {});
        return [name, resource] as const;
      });
      this.byType.set(prefix + type, new Map(resources));
    }
  }
}

/** One step into a value; the index of a block that stands alone steps nowhere. */
function step(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)] as unknown;
  if (!isObject(value)) return undefined;
  return key === '0' && !Object.hasOwn(value, key) ? value : value[key];
}

function readJson(file: string): Record<string, unknown> {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isObject(json)) throw new Error(`${file} holds no JSON object: run "npm run synth"`);
  return json;
}
