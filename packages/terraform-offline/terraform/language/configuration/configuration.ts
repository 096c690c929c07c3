import { Trail, type Reference } from '../evaluation/cell';
import { evaluate } from '../evaluation/evaluate';
import type { Context } from '../evaluation/scope';
import { located, messageOf } from '../../../message-of';
import type { GivenValue } from '../sources/variable-values';
import type { ModuleTree } from '../sources/module-tree';
import { parseExpression } from '../syntax/parser';
import { toPlain } from '../values/plain';
import { objectOf, type Value } from '../values/value';
import { Module } from './module';
import { remoteOutputsOf, type State } from './remote-state';
import type { Computed, Resource, Resources } from './resource';
import { valueGiven } from './variables';

export interface ConfigurationOptions {
  readonly id: string;
  /** For errors: what its parts belong to. Default: the file of each. */
  readonly origin?: string;
  readonly tree: ModuleTree;
  readonly variables: ReadonlyMap<string, GivenValue>;
  /** `ADDRESS.ATTRIBUTE`, or a path into the attribute's value, and the value. */
  readonly values: Readonly<Record<string, string>>;
  readonly computed: Computed;
  readonly endpoint: string | undefined;
  readonly workspace: string;
  readonly defaultRegion: string;
  readonly now: Date;
  /** All that are served together, for `terraform_remote_state`. */
  readonly served: () => readonly Configuration[];
}

export interface Output {
  readonly name: string;
  readonly sensitive: boolean;
  /** @throws when it cannot be evaluated or is not known */
  readonly value: () => unknown;
}

/** A configuration as `terraform plan` would see it: its resources, each attribute evaluated when it is read. */
export class Configuration implements Resources, State {
  readonly id: string;
  readonly folder: string;
  readonly endpoint: string | undefined;
  private readonly root: Module;
  private readonly trail = new Trail();
  private found: readonly Resource[] | undefined;

  constructor(private readonly options: ConfigurationOptions) {
    const { id, tree, endpoint, now, variables } = options;
    this.id = id;
    this.folder = tree.source.folder;
    this.endpoint = endpoint;
    const context: Context = { folder: this.folder, now, seed: id };
    const settings = {
      configuration: this,
      origin: options.origin,
      context,
      trail: this.trail,
      workspace: options.workspace,
      defaultRegion: options.defaultRegion,
      computed: options.computed,
      given: (address: string, attribute: string) => this.given(address, attribute, context),
      remoteOutputs: (resource: Resource) => remoteOutputsOf(resource, this.together.slice(1)),
    };
    this.root = new Module(settings, tree, '', (name, declaration) => {
      const given = variables.get(name);
      return given && valueGiven(given, declaration, context, this.trail);
    });
  }

  get region(): string {
    return this.root.region('aws');
  }

  /** All that are served together: this one, then the others. */
  get together(): readonly Configuration[] {
    return [this, ...this.options.served().filter((other) => other !== this)];
  }

  /** Every resource and data source, of all modules. */
  get resources(): readonly Resource[] {
    this.found ??= this.root.resources();
    return this.found;
  }

  /** Every resource of the type; a data source's type begins with `data.`. */
  all(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The first resource of the type whose attribute has this value. One whose attribute cannot be read is none. */
  find(type: string, attribute: string, value: string): Resource | undefined {
    return this.all(type).find((resource) => {
      try {
        return resource.value(attribute) === value;
      } catch {
        return false;
      }
    });
  }

  /** The resource that a reference names. */
  resource({ address }: Pick<Reference, 'address'>): Resource | undefined {
    return this.resources.find((resource) => resource.address === address);
  }

  outputs(): readonly Output[] {
    return [...this.root.tree.source.outputs].map(([name, { body }]) => ({
      name,
      sensitive: body.sensitive === true || body.sensitive === 'true',
      value: () => this.outputValue(name),
    }));
  }

  private outputValue(name: string): unknown {
    try {
      return toPlain(this.root.outputs.get(name) ?? null);
    } catch (error) {
      throw new Error(located(this.root.whereOutput(name), messageOf(error)), { cause: error });
    }
  }

  /** What could not be read at all: modules that are not there, variables without a value. */
  problems(): readonly string[] {
    const invalid = [...this.root.tree.source.variables.keys()].flatMap((name) => {
      try {
        this.root.variables.get(name);
        return [];
      } catch (error) {
        return [messageOf(error)];
      }
    });
    return [...invalid, ...this.root.problems()];
  }

  /** The outputs, as another configuration's `terraform_remote_state` sees them. */
  get outputValues(): Value {
    return this.root.outputs;
  }

  get backends(): State['backends'] {
    return this.root.tree.source.backends;
  }

  private given(address: string, attribute: string, context: Context): Value | undefined {
    const { values } = this.options;
    const prefix = `${address}.${attribute}`;
    const exact = values[prefix];
    if (exact !== undefined) return literal(exact, context);
    const members = Object.entries(values).filter(([path]) => path.startsWith(`${prefix}.`));
    if (members.length === 0) return undefined;
    return objectOf(
      members.map(([path, text]) => [path.slice(prefix.length + 1), literal(text, context)] as const),
    );
  }
}

/** A list or an object in HCL; anything else is a text. */
function literal(text: string, context: Context): Value {
  if (!/^\s*[[{]/.test(text)) return text;
  return evaluate(parseExpression(text), {
    context,
    lookup: (name) => {
      throw new Error(`${name} cannot be referred to in a value`);
    },
  });
}
