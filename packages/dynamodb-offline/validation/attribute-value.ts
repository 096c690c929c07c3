import type { AttributeValue, Item } from '../attribute-value';
import { validation } from '../errors';
import { NumberError, normalizeNumber } from '../evaluation/number';

/** Documents may be 32 levels deep, an attribute's value being the first. */
const deepestLevel = 32;

/** In bytes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes */
const longestName = 65_535;

/** In the order in which DynamoDB looks at the members of a value. */
const types = ['S', 'B', 'N', 'BOOL', 'NULL', 'BS', 'NS', 'SS', 'L', 'M'] as const;

/**
 * What is wrong with a value. The kind tells where DynamoDB says it how: PutItem and UpdateItem announce some kinds with
 * "1 validation error detected: ".
 */
export interface ValueFault {
  readonly kind: 'shape' | 'number' | 'set' | 'null' | 'nesting';
  readonly message: string;
}

const invalid = 'One or more parameter values were invalid: ';
const ofTheTypes = 'must contain exactly one of the supported datatypes';

/** The first fault of these values, DynamoDB's words for it; numbers are changed to their normal form in place. */
export function itemFault(item: Item): ValueFault | undefined {
  return membersFault(item, 1);
}

/** Refuses values that DynamoDB refuses; numbers are changed to their normal form in place. */
export function checkValues(item: Item): void {
  const fault = itemFault(item);
  if (fault) throw validation(fault.message);
}

/** The first fault of a value; numbers are changed to their normal form in place. */
export function valueFault(value: AttributeValue, level = 1): ValueFault | undefined {
  if (level > deepestLevel) {
    return {
      kind: 'nesting',
      message:
        'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    };
  }
  const members = value as Writable;
  let found = 0;
  for (const type of types) {
    if (members[type] === undefined) continue;
    found++;
    const fault = typeFault(type, members, level);
    if (fault) return fault;
  }
  if (found === 1) return undefined;
  const count = found === 0 ? 'is empty' : 'has more than one datatypes set';
  return { kind: 'shape', message: `Supplied AttributeValue ${count}, ${ofTheTypes}` };
}

function membersFault(members: Item, level: number): ValueFault | undefined {
  for (const name of Object.keys(members)) {
    const fault = nameFault(name) ?? valueFault(members[name]!, level);
    if (fault) return fault;
  }
  return undefined;
}

function nameFault(name: string): ValueFault | undefined {
  if (name === '') return { kind: 'shape', message: 'Empty attribute name' };
  if (Buffer.byteLength(name) <= longestName) return undefined;
  return {
    kind: 'shape',
    message: `Attribute name is too large, must be less than ${longestName + 1} bytes`,
  };
}

/** A value as it arrived: what validation has not refused yet may be anything of the right JSON type. */
interface Writable {
  S?: string;
  N?: string;
  B?: string;
  SS?: (string | null)[];
  NS?: (string | null)[];
  BS?: (string | null)[];
  M?: Item;
  L?: AttributeValue[];
  BOOL?: boolean;
  NULL?: boolean;
}

function typeFault(type: (typeof types)[number], value: Writable, level: number): ValueFault | undefined {
  switch (type) {
    case 'S':
    case 'B':
    case 'BOOL':
      return undefined;
    case 'NULL':
      return value.NULL
        ? undefined
        : { kind: 'null', message: `${invalid}Null attribute value types must have the value of true` };
    case 'N':
      return normalizing(() => {
        value.N = normalizeNumber(value.N!);
      });
    case 'NS':
      return numberSetFault(value);
    case 'SS':
      return setFault(
        value.SS!,
        'An string set  may not be empty',
        'An string set may not have a null string as a member',
        (members) => `Input collection [${members}] contains duplicates.`,
      );
    case 'BS':
      return setFault(
        value.BS!,
        'Binary sets should not be empty',
        'Binary sets may not contain null values',
        (members) => `Input collection [${members}]of type BS contains duplicates.`,
      );
    case 'L':
      for (const element of value.L!) {
        const fault = valueFault(element, level + 1);
        if (fault) return fault;
      }
      return undefined;
    case 'M':
      return membersFault(value.M!, level + 1);
  }
}

function setFault(
  members: readonly (string | null)[],
  empty: string,
  withNull: string,
  duplicates: (members: string) => string,
): ValueFault | undefined {
  if (members.length === 0) return { kind: 'set', message: invalid + empty };
  if (members.includes(null)) return { kind: 'set', message: invalid + withNull };
  if (new Set(members).size === members.length) return undefined;
  return { kind: 'set', message: invalid + duplicates(members.join(', ')) };
}

/** Of duplicates alone, DynamoDB does not say that a parameter value was invalid. */
function numberSetFault(value: Writable): ValueFault | undefined {
  const members = value.NS!;
  if (members.length === 0) return { kind: 'set', message: `${invalid}An number set  may not be empty` };
  if (members.includes(null)) {
    return { kind: 'set', message: `${invalid}An number set may not have a null string as a member` };
  }
  const fault = normalizing(() => {
    value.NS = members.map((member) => normalizeNumber(member!));
  });
  if (fault) return fault;
  if (new Set(value.NS).size === members.length) return undefined;
  return { kind: 'set', message: 'Input collection contains duplicates' };
}

function normalizing(normalize: () => void): ValueFault | undefined {
  try {
    normalize();
    return undefined;
  } catch (error) {
    if (error instanceof NumberError) return { kind: 'number', message: error.message };
    throw error;
  }
}
