import { validation } from '../errors';
import type { MapShape, Shape, StringShape, StructureShape } from './shape';

/** DynamoDB tells at most this many at once. */
const mostErrors = 10;

/**
 * Checks what DynamoDB checks before an operation looks at its request, and tells all of it at once:
 * "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: …; …".
 */
export function checkConstraints(shape: StructureShape, request: unknown): void {
  const found: string[] = [];
  for (const [name, member] of Object.entries(shape.members)) {
    const before = found.length;
    check(member, (request as Readonly<Record<string, unknown>>)[name], memberPath('', name), found);
    const isBroken = found.length > before;
    if (isBroken && (shape.tellsFirstOnly ?? (member.kind === 'string' && member.alone))) {
      found.splice(0, before);
      break;
    }
  }
  if (found.length === 0) return;
  const told = found.slice(0, shape.tellsFirstOnly ? 1 : mostErrors);
  throw validation(
    `${told.length} validation error${told.length > 1 ? 's' : ''} detected: ${told.join('; ')}`,
  );
}

function checkMembers(shape: StructureShape, value: unknown, path: string, found: string[]) {
  const members = value as Readonly<Record<string, unknown>>;
  for (const [name, member] of Object.entries(shape.members)) {
    check(member, members[name], memberPath(path, name), found);
  }
}

function memberPath(parent: string, name: string) {
  return `${parent}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function check(shape: Shape, value: unknown, path: string, found: string[]): void {
  if (found.length >= mostErrors) return;
  const broken = (constraint: string) =>
    found.push(`Value ${printed(shape, value)} at '${path}' failed to satisfy constraint: ${constraint}`);
  if (value === undefined || value === null) {
    if (shape.required || value === null) broken('Member must not be null');
    return;
  }
  switch (shape.kind) {
    case 'string':
      for (const constraint of brokenByText(shape, value as string)) broken(constraint);
      return;
    case 'number':
      for (const constraint of outside('value', value as number, shape)) broken(constraint);
      return;
    case 'list': {
      const elements = value as readonly unknown[];
      for (const constraint of outside('length', elements.length, shape)) broken(constraint);
      elements.forEach((element, index) => {
        check(shape.member, element, `${path}.${index + 1}.member`, found);
      });
      return;
    }
    case 'map':
      checkMap(shape, value as Readonly<Record<string, unknown>>, path, broken, found);
      return;
    case 'structure':
      checkMembers(shape, value, `${path}.`, found);
      return;
    case 'boolean':
    case 'blob':
    case 'attribute-value':
      return;
  }
}

/** The lengths of a map's keys and of the lists in it are told of the map as a whole. */
function checkMap(
  shape: MapShape,
  entries: Readonly<Record<string, unknown>>,
  path: string,
  broken: (constraint: string) => void,
  found: string[],
) {
  const keys = Object.keys(entries);
  for (const constraint of outside('length', keys.length, shape)) broken(constraint);
  const keyShape = shape.key;
  if (keyShape && keys.some((key) => brokenByText(keyShape, key).length > 0)) {
    broken(`Map keys must satisfy constraint: [${allConstraints(keyShape)}]`);
  }
  const listShape = shape.value.kind === 'list' ? shape.value : undefined;
  if (
    listShape &&
    Object.values(entries).some(
      (value) => outside('length', (value as unknown[]).length, listShape).length > 0,
    )
  ) {
    broken(`Map value must satisfy constraint: [${allConstraints(listShape)}]`);
  }
  const unbounded = listShape ? { kind: listShape.kind, member: listShape.member } : shape.value;
  for (const key of keys) check(unbounded, entries[key], `${path}.${key}.member`, found);
}

function brokenByText(shape: StringShape, text: string): string[] {
  const broken: string[] = [];
  if (shape.values && !shape.values.includes(text)) {
    broken.push(`Member must satisfy enum value set: [${shape.values.join(', ')}]`);
  }
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`).test(text)) {
    broken.push(`Member must satisfy regular expression pattern: ${shape.pattern}`);
  }
  broken.push(...outside('length', text.length, shape));
  return broken;
}

function outside(
  measure: 'length' | 'value',
  size: number,
  limits: { min?: number; max?: number },
): string[] {
  const broken: string[] = [];
  if (limits.min !== undefined && size < limits.min) {
    broken.push(`Member must have ${measure} greater than or equal to ${limits.min}`);
  }
  if (limits.max !== undefined && size > limits.max) {
    broken.push(`Member must have ${measure} less than or equal to ${limits.max}`);
  }
  return broken;
}

function allConstraints(shape: { min?: number; max?: number; pattern?: string }) {
  const constraints: string[] = [];
  if (shape.max !== undefined) constraints.push(`Member must have length less than or equal to ${shape.max}`);
  if (shape.min !== undefined)
    constraints.push(`Member must have length greater than or equal to ${shape.min}`);
  if (shape.pattern !== undefined) {
    constraints.push(`Member must satisfy regular expression pattern: ${shape.pattern}`);
  }
  return constraints.join(', ');
}

function printed(shape: Shape, value: unknown): string {
  return value === undefined || value === null ? 'null' : `'${javaText(shape, value)}'`;
}

/** As Java prints it: `[KeySchemaElement(attributeName=id, keyType=HASH)]`, `{Music=[…]}`. */
function javaText(shape: Shape, value: unknown): string {
  if (shape.kind === 'list') {
    return `[${(value as readonly unknown[]).map((element) => javaText(shape.member, element)).join(', ')}]`;
  }
  if (shape.kind === 'map')
    return `{${javaMembers(
      value,
      (name) => name,
      () => shape.value,
    )}}`;
  if (shape.kind === 'structure') {
    return `${shape.java}(${javaMembers(
      value,
      (name) => memberPath('', name),
      (name) => shape.members[name]!,
    )})`;
  }
  return shape.kind === 'attribute-value' ? `AttributeValue(${JSON.stringify(value)})` : String(value);
}

function javaMembers(value: unknown, nameOf: (name: string) => string, shapeOf: (name: string) => Shape) {
  return Object.entries(value as object)
    .map(([name, member]) => `${nameOf(name)}=${javaText(shapeOf(name), member)}`)
    .join(', ');
}
