import { nameOf, numberOf, textOf } from '../values/access';
import { isMap, isTuple, Members, SetValue, Unknown, type Value } from '../values/value';

/** `value.name` */
export function attributeOf(value: Value, name: string): Value {
  if (value instanceof Unknown) return value;
  if (value instanceof Members || isMap(value)) return memberOf(value, name);
  if (value === null) throw new Error(`null has no attribute ${name}`);
  if (isTuple(value) || value instanceof SetValue) {
    throw new Error(`${nameOf(value)} has no attribute ${name}: take an element of it first`);
  }
  throw new Error(`${nameOf(value)} has no attribute ${name}`);
}

/** `value[key]` */
export function elementOf(value: Value, key: Value): Value {
  if (value instanceof Unknown) return value;
  if (key instanceof Unknown) return key;
  if (isTuple(value)) {
    const index = numberOf(key);
    const element = value[index];
    if (element !== undefined) return element;
    const whole = Number.isInteger(index) && index >= 0;
    throw new Error(
      whole
        ? `there is no element ${index}: the list has ${value.length}`
        : `${index} is no index: the first element is 0`,
    );
  }
  if (value instanceof Members && value.isBlock && key === 0 && value.get('0') === undefined) return value;
  if (value instanceof Members || isMap(value)) return memberOf(value, textOf(key));
  if (value instanceof SetValue) throw new Error('the elements of a set have no index: use tolist or one');
  throw new Error(`${nameOf(value)} has no elements`);
}

function memberOf(value: Members | ReadonlyMap<string, Value>, name: string): Value {
  const member = value.get(name);
  if (member !== undefined) return member;
  if (value instanceof Members) throw new Error(value.missing(name));
  const names = [...value.keys()];
  throw new Error(
    `there is no ${JSON.stringify(name)}: there ${names.length > 0 ? `is ${names.join(', ')}` : 'is nothing'}`,
  );
}

/** What `[*]` goes through: a value that is no list is a list of one, and null one of none. */
export function splatElements(value: Value): readonly Value[] | Unknown {
  if (value instanceof Unknown) return value;
  if (value === null) return [];
  if (value instanceof SetValue) return value.elements;
  return isTuple(value) ? value : [value];
}
