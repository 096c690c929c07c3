import { isUnknown } from '../change';
import { expressionsOf, isWritten, referredTo } from '../expressions';
import { isEmpty, staysSet, type Guard } from '../guard';
import type { Plan } from '../plan';
import type { ResourceChange } from '../plan-json';
import { refused, type Finding, type Rule } from '../rule';
import { GUARDED } from '../tables/guarded';

/** Attributes that become weaker, or are taken from those who rely on them: by the table of each type. */
export const protection: Rule =
  ({ plan }) =>
  (resource) => {
    const { before, after } = resource.change;
    if (!before || !after) return [];
    return (GUARDED[resource.type] ?? []).flatMap((guard) => findings(guard, resource, plan));
  };

type Path = readonly (string | number)[];

function findings(guard: Guard, resource: ResourceChange, plan: Plan): Finding[] {
  const { before, after, after_unknown: unknown } = resource.change;
  return places(guard.path, before, after).flatMap(({ from, to, beforeValue, afterValue }) => {
    const attribute = String(from[0]);
    const { what, effect } = guard;
    if (isUnknown(unknown, to)) {
      return isEmpty(beforeValue) ||
        !isWritten(resource, to, plan) ||
        // Whatever it will be, it is there.
        guard.held === staysSet ||
        isKnownAnew(resource, attribute, beforeValue, plan)
        ? []
        : [
            refused(
              `makes ${what} depend on a value known only after the apply: it may be that ${effect}`,
              attribute,
            ),
          ];
    }
    const happens = guard.held(beforeValue, afterValue, plan.accounts);
    return happens === undefined ? [] : [refused(`${happens.replace('{}', what)}: ${effect}`, attribute)];
  });
}

interface Place {
  readonly from: Path;
  readonly to: Path;
  readonly beforeValue: unknown;
  readonly afterValue: unknown;
}

/** Where a path leads before and after: to as many places as there are blocks that are told apart. */
function places(path: string, before: unknown, after: unknown): Place[] {
  let found: Place[] = [{ from: [], to: [], beforeValue: before, afterValue: after }];
  for (const step of path.split('.')) {
    const [, name = '', key] = /^([^[]+)(?:\[(\w+)\])?$/.exec(step) ?? [];
    found = found.map((place) => into(place, /^\d+$/.test(name) ? Number(name) : name.replaceAll('~', '.')));
    if (key !== undefined) found = found.flatMap((place) => eachBlock(place, key));
  }
  return found;
}

function into({ from, to, beforeValue, afterValue }: Place, step: string | number): Place {
  return {
    from: [...from, step],
    to: [...to, step],
    beforeValue: member(beforeValue, step),
    afterValue: member(afterValue, step),
  };
}

/** Blocks that are there before and after; whether one may go, another row of the table says. */
function eachBlock(place: Place, key: string): Place[] {
  const before = Array.isArray(place.beforeValue) ? (place.beforeValue as unknown[]) : [];
  const after = Array.isArray(place.afterValue) ? (place.afterValue as unknown[]) : [];
  return before.flatMap((block, i) => {
    const j = after.findIndex((other) => member(other, key) === member(block, key));
    return j === -1
      ? []
      : [{ from: [...place.from, i], to: [...place.to, j], beforeValue: block, afterValue: after[j] }];
  });
}

function member(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
}

/** What may be new and is judged elsewhere, by the attribute that refers to it: a role's rights, what may invoke a function. */
const JUDGED_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  role: ['aws_iam_role'],
  uri: ['aws_lambda_alias', 'aws_lambda_function'],
  integration_uri: ['aws_lambda_alias', 'aws_lambda_function'],
};

/**
 * Whether a value that is not known yet will mean what it does now: it is what the same resource is called that the plan makes
 * anew, or something new of this configuration that is judged elsewhere.
 */
function isKnownAnew(resource: ResourceChange, attribute: string, before: unknown, plan: Plan): boolean {
  const values = [before].flat();
  const isShown = expressionsOf(resource, plan) !== undefined;
  return (isShown ? referredTo(resource, attribute, plan) : plan.resource_changes).some(
    ({ type, change }) =>
      (isShown && (JUDGED_ELSEWHERE[attribute] ?? []).includes(type)) ||
      Object.values(change.before ?? {}).some((value) => typeof value === 'string' && values.includes(value)),
  );
}
