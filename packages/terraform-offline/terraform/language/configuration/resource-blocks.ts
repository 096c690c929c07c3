import type { Trail } from '../evaluation/cell';
import { withNames, type Context, type Scope } from '../evaluation/scope';
import { bare } from '../sources/json';
import type { Declaration, ModuleSource } from '../sources/module-source';
import { textOf } from '../values/access';
import type { Value } from '../values/value';
import { evaluateJson } from './body';
import { declaredMembers, type LazyMembers } from './lazy-members';
import { allOf, repeatedBy, type Repetition, repetitionsOrWhyNot, withKey } from './repetition';
import { Resource, type Computed, type Resources } from './resource';

/** What all modules of a configuration share. */
export interface ModuleSettings {
  readonly configuration: Resources;
  /** For errors: the stack's id; undefined for the file of each declaration. */
  readonly origin: string | undefined;
  readonly context: Context;
  readonly trail: Trail;
  readonly workspace: string;
  readonly defaultRegion: string;
  readonly computed: Computed;
  readonly given: (address: string, attribute: string) => Value | undefined;
  readonly remoteOutputs: (resource: Resource) => Value | undefined;
}

/** The module that the blocks stand in. */
interface ModuleContext {
  readonly settings: ModuleSettings;
  readonly source: ModuleSource;
  /** The module's; empty for the root. */
  readonly address: string;
  readonly scope: Scope;
  readonly regionOf: (provider: string) => string;
  readonly originOf: (declaration: Declaration) => string;
  /** Why there is no telling how often the module is called. */
  readonly broken: Error | undefined;
}

/** The `resource` and `data` blocks of a module, and the resources that each stands for. */
export class ResourceBlocks {
  private readonly known = new Map<string, readonly Resource[]>();

  constructor(private readonly module: ModuleContext) {}

  all(): readonly Resource[] {
    return [...this.module.source.resources].flatMap(([type, byName]) =>
      [...byName].flatMap(([name, declaration]) => this.instances(type, name, declaration)),
    );
  }

  /** What `aws_lambda_function` is in an expression; a data source's type begins with `data.`. */
  ofType(type: string): LazyMembers {
    const declared = this.module.source.resources.get(type) ?? new Map<string, Declaration>();
    return declaredMembers(`${this.prefix}${type}`, declared, (name) => {
      const declaration = declared.get(name);
      if (!declaration) return undefined;
      const instances = this.instances(type, name, declaration);
      const [first] = instances;
      if (first?.broken) throw first.broken;
      return allOf(
        repeatedBy(declaration.body),
        instances.map((resource) => [resource.key, resource.members]),
      );
    });
  }

  private get prefix(): string {
    return this.module.address === '' ? '' : `${this.module.address}.`;
  }

  private instances(type: string, name: string, declaration: Declaration): readonly Resource[] {
    const id = `${type}.${name}`;
    const known = this.known.get(id);
    if (known) return known;
    const { scope, settings } = this.module;
    const where = `${this.prefix}${id}`;
    const { repetitions, broken } = repetitionsOrWhyNot(declaration.body, scope, settings.trail, where);
    const instances = repetitions.map((repetition) =>
      this.resource(type, name, declaration, repetition, broken ?? this.module.broken),
    );
    this.known.set(id, instances);
    return instances;
  }

  private resource(
    type: string,
    name: string,
    declaration: Declaration,
    { key, names }: Repetition,
    broken: Error | undefined,
  ): Resource {
    const { settings, regionOf, originOf } = this.module;
    const { configuration, trail, computed, given, remoteOutputs } = settings;
    const { body } = declaration;
    const address = withKey(`${this.prefix}${type}.${name}`, key);
    const scope = withNames(this.module.scope, names);
    return new Resource({
      configuration,
      origin: originOf(declaration),
      type,
      name,
      key,
      address,
      modulePath: this.module.address,
      body,
      scope,
      trail,
      computed,
      region: () => {
        const isAws = /^(data\.)?aws_/.test(type);
        const own =
          isAws && body.region != null ? evaluateJson(body.region, scope, trail, `${address}.region`) : null;
        return own === null
          ? regionOf(typeof body.provider === 'string' ? bare(body.provider) : 'aws')
          : textOf(own);
      },
      given: (attribute) => given(address, attribute),
      remoteOutputs,
      broken,
    });
  }
}
