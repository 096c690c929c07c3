import type { HttpRequest } from '../../shared/http/http';
import { Problem } from '../../shared/http/problem';
import { parseEntityTags, type EntityTags } from './entity-tags';

/** `IN` takes this many values: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html */
const MAX_TAGS = 100;

interface VersionIn {
  readonly attr: 'version';
  readonly in: number[];
}
type VersionCondition =
  VersionIn | { readonly not: VersionIn } | { readonly attr: 'version'; readonly exists: boolean };

/**
 * The request's `If-Match` and `If-None-Match` as conditions of a write.
 * @throws {Problem} `invalid-request` when a header is malformed or lists too many tags
 */
export function versionConditions(request: HttpRequest): VersionCondition[] {
  const conditions: VersionCondition[] = [];
  const match = tagsOf(request, 'If-Match');
  if (match === '*') conditions.push({ attr: 'version', exists: true });
  else if (match) conditions.push({ attr: 'version', in: versions(match.filter(({ weak }) => !weak)) });

  const noneMatch = tagsOf(request, 'If-None-Match');
  if (noneMatch === '*') conditions.push({ attr: 'version', exists: false });
  else if (noneMatch) conditions.push({ not: { attr: 'version', in: versions(noneMatch) } });
  return conditions;
}

function tagsOf(request: HttpRequest, header: string): EntityTags | undefined {
  const tags = parseEntityTags(header, request.header(header));
  if (tags && tags.length > MAX_TAGS) {
    const message = `lists ${tags.length} entity tags; at most ${MAX_TAGS} can be compared`;
    throw new Problem('invalid-request', `${header} ${message}.`, { errors: [{ path: header, message }] });
  }
  return tags;
}

/** The versions that the tags can stand for; without any, 0, which no item has. */
function versions(tags: Exclude<EntityTags, '*'>): number[] {
  const known = tags
    .filter(({ opaque }) => /^[1-9]\d{0,14}$/.test(opaque))
    .map(({ opaque }) => Number(opaque));
  return known.length > 0 ? [...new Set(known)] : [0];
}
