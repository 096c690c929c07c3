import path from 'node:path';
import type { Declaration } from '../sources/module-source';
import { fromPlain } from '../values/plain';
import { isMap, Members, Unknown, type Value } from '../values/value';
import { LazyMembers } from './lazy-members';
import type { Resource } from './resource';

/** A configuration that is served beside, as one that reads its state sees it. */
export interface State {
  readonly id: string;
  readonly folder: string;
  readonly backends: ReadonlyMap<string, Declaration>;
  readonly outputValues: Value;
}

/** What tells one state from another, by backend: https://developer.hashicorp.com/terraform/language/backend */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  s3: ['bucket', 'key', 'workspace_key_prefix'],
  gcs: ['bucket', 'prefix'],
  azurerm: ['storage_account_name', 'container_name', 'key'],
  remote: ['hostname', 'organization', 'workspaces'],
  cloud: ['hostname', 'organization', 'workspaces'],
  http: ['address'],
  consul: ['path'],
  pg: ['conn_str', 'schema_name'],
  kubernetes: ['secret_suffix', 'namespace'],
};

/**
 * The outputs that a `terraform_remote_state` reads: those of the configuration, among the ones served beside, that keeps its
 * state there; with its `defaults` for what that does not have.
 */
export function remoteOutputsOf(resource: Resource, others: readonly State[]): Value {
  const backend = resource.text('backend');
  const config = configOf(resource);
  const wanted = stateName(backend, config, resource.configuration.folder);
  const found = others.find(({ backends, folder }) =>
    [...backends].some(([type, { body }]) => type === backend && stateName(type, body, folder) === wanted),
  );
  const defaults = resource.value('defaults');
  const otherwise = fromPlain(defaults ?? {});
  if (!found) {
    if (defaults !== undefined) return otherwise;
    return new Unknown(
      `${resource.address} reads a state that no configuration served here writes: serve that one too, or give --value ${resource.address}.outputs.NAME=…`,
    );
  }
  const outputs = found.outputValues;
  if (!(outputs instanceof Members) || !isMap(otherwise)) return outputs;
  return new LazyMembers(
    () => [...new Set([...outputs.names(), ...otherwise.keys()])],
    (name) => outputs.get(name) ?? otherwise.get(name),
    (name) => `${found.id} has no output ${name}`,
  );
}

function configOf(resource: Resource): Readonly<Record<string, unknown>> {
  const config = resource.map('config');
  return Object.fromEntries((config?.names ?? []).map((name) => [name, config?.value(name)]));
}

function stateName(backend: string, config: Readonly<Record<string, unknown>>, folder: string): string {
  if (backend === 'local') {
    return path.resolve(folder, typeof config.path === 'string' ? config.path : 'terraform.tfstate');
  }
  return JSON.stringify((NAMES[backend] ?? Object.keys(config).sort()).map((name) => config[name] ?? null));
}
