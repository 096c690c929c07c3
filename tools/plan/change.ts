import { isDeepStrictEqual } from 'node:util';
import type { ResourceChange } from './plan-json';

export type Action = 'create' | 'update' | 'replace' | 'destroy' | 'forget' | 'move' | 'import';

/** One row of a review. */
export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Of an update: what changes. Of a replacement: what forces it. Empty for every other action. */
  readonly attributes: readonly string[];
  /** Why a resource is destroyed or replaced, in Terraform's words, such as `replace_because_tainted`. */
  readonly reason?: string;
}

/** The row for a resource; none for data sources and resources that stay as they are. */
export function changeOf(resource: ResourceChange): Change | undefined {
  const action = actionOf(resource);
  if (!action) return undefined;
  const { address, type, action_reason: reason } = resource;
  return { address, type, action, attributes: attributesOf(resource, action), ...(reason && { reason }) };
}

/** Whether what is there today will be gone. */
export function isDestroyed({ mode, change }: ResourceChange): boolean {
  return mode === 'managed' && change.actions.includes('delete');
}

function actionOf({ mode, change, previous_address }: ResourceChange): Action | undefined {
  if (mode === 'data') return undefined;
  const { actions, importing } = change;
  if (actions.includes('create') && (actions.includes('delete') || actions.includes('forget')))
    return 'replace';
  if (actions.includes('create')) return 'create';
  if (actions.includes('update')) return 'update';
  if (actions.includes('delete')) return 'destroy';
  if (actions.includes('forget')) return 'forget';
  if (importing) return 'import';
  return previous_address === undefined ? undefined : 'move';
}

function attributesOf({ change }: ResourceChange, action: Action): string[] {
  if (action === 'replace') return (change.replace_paths ?? []).map(pathText);
  if (action !== 'update') return [];
  const { before, after, after_unknown: unknown } = change;
  const names = new Set([...Object.keys(after ?? {}), ...Object.keys(unknown ?? {})]);
  return [...names]
    .filter((name) => isUnknown(unknown, [name]) || !isDeepStrictEqual(before?.[name], after?.[name]))
    .sort();
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${step}`))
    .join('');
}

/** Whether Terraform stops knowing of it, and leaves it as it is. */
export function isForgotten({ mode, change }: ResourceChange): boolean {
  return mode === 'managed' && change.actions.includes('forget');
}

/** Whether the value at this path, or one around or within it, is known only after the apply. */
export function isUnknown(unknown: unknown, [step, ...rest]: readonly (string | number)[]): boolean {
  if (unknown === true) return true;
  if (typeof unknown !== 'object' || unknown === null) return false;
  if (step === undefined) return Object.values(unknown).some((part) => isUnknown(part, []));
  return isUnknown((unknown as Record<string | number, unknown>)[step], rest);
}
