import path from 'node:path';
import { configurationFiles, isOverride, parseFile, type ParsedFile } from './files';
import { isObject } from '../../../is-object';
import { objectsOf, type JsonObject } from './json';

/** A block of a configuration, and the file it stands in. */
export interface Declaration {
  readonly file: string;
  readonly body: JsonObject;
}

/** What the files of one folder declare together: a module, or the root of a configuration. */
export interface ModuleSource {
  /** Absolute. */
  readonly folder: string;
  /** By type, then by name; a data source's type begins with `data.`. */
  readonly resources: ReadonlyMap<string, ReadonlyMap<string, Declaration>>;
  readonly variables: ReadonlyMap<string, Declaration>;
  /** Each body has the one member `value`. */
  readonly locals: ReadonlyMap<string, Declaration>;
  readonly outputs: ReadonlyMap<string, Declaration>;
  readonly modules: ReadonlyMap<string, Declaration>;
  /** By name, then in the order of the files: the one without `alias`, and the others. */
  readonly providers: ReadonlyMap<string, readonly Declaration[]>;
  /** By type; the last one counts. */
  readonly backends: ReadonlyMap<string, Declaration>;
}

/** @throws when a file cannot be parsed, or something is declared twice */
export async function readModuleSource(folder: string): Promise<ModuleSource> {
  const source = new Gathered(path.resolve(folder));
  for (const name of configurationFiles(folder)) source.add(await parseFile(path.join(folder, name)));
  return source;
}

class Gathered implements ModuleSource {
  readonly resources = new Map<string, Map<string, Declaration>>();
  readonly variables = new Map<string, Declaration>();
  readonly locals = new Map<string, Declaration>();
  readonly outputs = new Map<string, Declaration>();
  readonly modules = new Map<string, Declaration>();
  readonly providers = new Map<string, Declaration[]>();
  readonly backends = new Map<string, Declaration>();

  constructor(readonly folder: string) {}

  add(file: ParsedFile): void {
    const { json } = file;
    for (const [prefix, kind] of [
      ['', 'resource'],
      ['data.', 'data'],
    ] as const) {
      for (const [type, block] of labelled(json[kind])) {
        const byName = this.resources.get(prefix + type) ?? new Map<string, Declaration>();
        this.resources.set(prefix + type, byName);
        this.declareAll(file, `${prefix}${type}.`, byName, block);
      }
    }
    this.declareAll(file, 'var.', this.variables, json.variable);
    this.declareAll(file, 'output.', this.outputs, json.output);
    this.declareAll(file, 'module.', this.modules, json.module);
    for (const locals of objectsOf(json.locals)) {
      for (const [name, value] of Object.entries(locals)) {
        if (name !== '//') this.declare(file, 'local.', this.locals, name, { value });
      }
    }
    for (const [name, body] of labelled(json.provider)) this.addProvider(file, name, body);
    for (const terraform of objectsOf(json.terraform)) {
      for (const [type, body] of labelled(terraform.backend)) {
        this.backends.set(type, { file: file.name, body });
      }
    }
  }

  private addProvider(file: ParsedFile, name: string, body: JsonObject): void {
    const all = this.providers.get(name) ?? [];
    this.providers.set(name, all);
    const same = isOverride(file.name) ? all.findIndex((other) => other.body.alias === body.alias) : -1;
    const known = all[same];
    if (known) all[same] = { ...known, body: overridden(known.body, body) };
    else all.push({ file: file.name, body });
  }

  private declareAll(
    file: ParsedFile,
    prefix: string,
    into: Map<string, Declaration>,
    blocks: unknown,
  ): void {
    for (const [name, body] of labelled(blocks)) this.declare(file, prefix, into, name, body);
  }

  private declare(
    file: ParsedFile,
    prefix: string,
    into: Map<string, Declaration>,
    name: string,
    body: JsonObject,
  ): void {
    const known = into.get(name);
    if (!known) into.set(name, { file: file.name, body });
    else if (isOverride(file.name)) into.set(name, { ...known, body: overridden(known.body, body) });
    else throw new Error(`${prefix}${name} is declared twice: in ${known.file} and ${file.name}`);
  }
}

/** Blocks by their label: an object or a list of objects, each label with a body or a list of bodies. */
function labelled(blocks: unknown): (readonly [string, JsonObject])[] {
  return objectsOf(blocks).flatMap((byLabel) =>
    Object.entries(byLabel).flatMap(([label, bodies]) =>
      label === '//' ? [] : objectsOf(bodies).map((body) => [label, body] as const),
    ),
  );
}

/** An override's attributes, and all its blocks of a type, take the place of those that were there. */
function overridden(base: JsonObject, override: JsonObject): JsonObject {
  const dynamic = isObject(base.dynamic) || isObject(override.dynamic);
  const merged = { ...base, ...override };
  if (!dynamic) return merged;
  const kept = Object.entries(isObject(base.dynamic) ? base.dynamic : {}).filter(
    ([type]) => !(type in override),
  );
  return {
    ...merged,
    dynamic: { ...Object.fromEntries(kept), ...(isObject(override.dynamic) && override.dynamic) },
  };
}
