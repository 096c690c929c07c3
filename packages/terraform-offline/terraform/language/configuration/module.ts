import path from 'node:path';
import { isObject } from '../../../is-object';
import { Cell } from '../evaluation/cell';
import { withNames, type Context, type Scope } from '../evaluation/scope';
import { bare } from '../sources/json';
import type { Declaration } from '../sources/module-source';
import type { ModuleTree } from '../sources/module-tree';
import { textOf } from '../values/access';
import { objectOf, Unknown, type Value } from '../values/value';
import { Body, evaluateJson } from './body';
import { declaredMembers, LazyMembers } from './lazy-members';
import { allOf, repeatedBy, repetitionsOrWhyNot, withKey, type Repetition } from './repetition';
import type { Resource } from './resource';
import { type ModuleSettings, ResourceBlocks } from './resource-blocks';
import { validate, valueOfVariable } from './variables';

/** How a module was called. */
interface ModuleCall {
  readonly parent: Module;
  readonly declaration: Declaration;
  /** Why there is no telling how often it is called. */
  readonly broken: Error | undefined;
}

/** The modules that one block stands for. */
interface Calls {
  readonly calls: readonly (readonly [Repetition['key'], Module])[];
  readonly broken: Error | undefined;
}

/** A module's names, evaluated when they are referred to: the root, or one that another calls. */
export class Module implements Scope {
  readonly context: Context;
  readonly variables: LazyMembers;
  readonly outputs: LazyMembers;
  private readonly roots: ReadonlyMap<string, Value>;
  private readonly blocks: ResourceBlocks;
  private readonly moduleCells = new Map<string, Calls>();

  /**
   * @param address `module.users["a"]`; empty for the root
   * @param argument what is given for a variable; undefined for nothing
   */
  constructor(
    private readonly settings: ModuleSettings,
    readonly tree: ModuleTree,
    readonly address: string,
    private readonly argument: (variable: string, declaration: Declaration) => Value | undefined,
    private readonly call?: ModuleCall,
  ) {
    this.context = { ...settings.context, seed: `${settings.context.seed} ${address}` };
    this.blocks = new ResourceBlocks({
      settings,
      source: tree.source,
      address,
      scope: this,
      regionOf: (provider) => this.region(provider),
      originOf: (declaration) => this.originOf(declaration),
      broken: call?.broken,
    });
    const { variables, locals, outputs, modules } = tree.source;
    this.variables = this.cells('var', variables, (declaration, name) => this.variable(name, declaration));
    this.outputs = this.cells('output', outputs, ({ body }, name) =>
      this.evaluate(body.value, `output.${name}`),
    );
    const folder = path.relative(settings.configuration.folder, tree.source.folder) || '.';
    this.roots = new Map<string, Value>([
      ['var', this.variables],
      ['local', this.cells('local', locals, ({ body }, name) => this.evaluate(body.value, `local.${name}`))],
      ['module', declaredMembers(`${this.prefix}module`, modules, (name) => this.moduleValue(name))],
      ['data', this.dataSources()],
      ['path', objectOf(Object.entries({ module: folder, root: '.', cwd: this.context.folder }))],
      ['terraform', objectOf([['workspace', settings.workspace]])],
    ]);
  }

  lookup(name: string): Value {
    const root = this.roots.get(name);
    if (root !== undefined) return root;
    if (name === 'each' || name === 'count' || name === 'self') {
      throw new Error(`there is no ${name} here: the block has no ${name === 'each' ? 'for_each' : 'count'}`);
    }
    const { resources } = this.tree.source;
    if (!resources.has(name) && !name.includes('_')) {
      throw new Error(`there is no ${name}: is it var.${name}, local.${name}, or a text without its quotes?`);
    }
    return this.blocks.ofType(name);
  }

  /** The resources of this module and of those that it calls. */
  resources(): readonly Resource[] {
    return [...this.blocks.all(), ...this.children().flatMap((child) => child.resources())];
  }

  /** For errors: `data-api: output.url` */
  whereOutput(name: string): string {
    const declaration = this.tree.source.outputs.get(name);
    return `${declaration ? `${this.originOf(declaration)}: ` : ''}${this.prefix}output.${name}`;
  }

  /** What could not be read as a whole. */
  problems(): readonly string[] {
    const own = [...this.tree.children].flatMap(([name, child]) =>
      'problem' in child ? [`${this.prefix}module.${name}: ${child.problem}`] : [],
    );
    return [...own, ...this.children().flatMap((child) => child.problems())];
  }

  /** The region that a provider configures, for resources of this module. */
  region(provider: string): string {
    const [name = 'aws', alias] = provider.split('.');
    const own = this.tree.source.providers.get(name)?.find(({ body }) => (body.alias ?? undefined) === alias);
    if (own) {
      const region =
        new Body(own.body, this, this.settings.trail, `provider.${provider}`).get('region') ?? null;
      return region === null ? this.settings.defaultRegion : textOf(region);
    }
    if (!this.call) return this.settings.defaultRegion;
    const { declaration, parent } = this.call;
    const passed = isObject(declaration.body.providers) ? declaration.body.providers[provider] : undefined;
    if (typeof passed === 'string') return parent.region(bare(passed));
    return parent.region(alias === undefined ? provider : name);
  }

  private get prefix(): string {
    return this.address === '' ? '' : `${this.address}.`;
  }

  private evaluate(json: unknown, where: string): Value {
    return evaluateJson(json, this, this.settings.trail, this.prefix + where);
  }

  private variable(name: string, declaration: Declaration): Value {
    if (this.call?.broken) throw this.call.broken;
    const howToGive = this.call
      ? `${this.address} is called without it`
      : `give it with --var ${name}=…, in terraform.tfvars or as TF_VAR_${name}`;
    const { context, settings } = this;
    const given = this.argument(name, declaration);
    const value = valueOfVariable(declaration, given, context, settings.trail, howToGive);
    validate(name, declaration, value, this, settings.trail);
    return value;
  }

  /** Members by name, each evaluated once, with an error that says which it is. */
  private cells(
    kind: string,
    declarations: ReadonlyMap<string, Declaration>,
    read: (declaration: Declaration, name: string) => Value,
  ): LazyMembers {
    const cells = new Map(
      [...declarations].map(([name, declaration]) => {
        const isOutput = kind === 'output' && this.address === '';
        const label = isOutput ? this.whereOutput(name) : `${this.prefix}${kind}.${name}`;
        return [name, new Cell(this.settings.trail, label, () => read(declaration, name))] as const;
      }),
    );
    return declaredMembers(`${this.prefix}${kind}`, cells, (name) => cells.get(name)?.read());
  }

  private dataSources(): LazyMembers {
    const types = () =>
      [...this.tree.source.resources.keys()]
        .filter((type) => type.startsWith('data.'))
        .map((type) => type.slice('data.'.length));
    return new LazyMembers(
      types,
      (type) => this.blocks.ofType(`data.${type}`),
      (type) => `there is no data.${type}`,
    );
  }

  private children(): readonly Module[] {
    return [...this.tree.children.keys()].flatMap((name) => this.calls(name).calls.map(([, child]) => child));
  }

  private moduleValue(name: string): Value | undefined {
    const declaration = this.tree.source.modules.get(name);
    const child = this.tree.children.get(name);
    if (!declaration || !child) return undefined;
    if ('problem' in child) return new Unknown(`${this.prefix}module.${name}: ${child.problem}`);
    const { calls, broken } = this.calls(name);
    if (broken) throw broken;
    return allOf(
      repeatedBy(declaration.body),
      calls.map(([key, module]) => [key, module.outputs]),
    );
  }

  private calls(name: string): Calls {
    const known = this.moduleCells.get(name);
    if (known) return known;
    const declaration = this.tree.source.modules.get(name);
    const tree = this.tree.children.get(name);
    if (!declaration || !tree || 'problem' in tree) return { calls: [], broken: undefined };
    const { repetitions, broken } = repetitionsOrWhyNot(
      declaration.body,
      this,
      this.settings.trail,
      `${this.prefix}module.${name}`,
    );
    const calls = repetitions.map(({ key, names }) => {
      const address = withKey(`${this.prefix}module.${name}`, key);
      const body = new Body(declaration.body, withNames(this, names), this.settings.trail, address);
      const call = { parent: this as Module, declaration, broken: broken ?? this.call?.broken };
      return [key, new Module(this.settings, tree, address, (variable) => body.get(variable), call)] as const;
    });
    const all = { calls, broken };
    this.moduleCells.set(name, all);
    return all;
  }

  private originOf({ file }: Declaration): string {
    const { origin, configuration } = this.settings;
    return origin ?? path.relative(configuration.folder, path.join(this.tree.source.folder, file));
  }
}
