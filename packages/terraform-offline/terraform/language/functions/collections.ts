import { elementsOf, entriesOf, flagOf, textOf } from '../values/access';
import { equal } from '../values/equal';
import { convert, typeOf, unify } from '../values/type';
import {
  isTuple,
  List,
  listOf,
  mapOf,
  MapValue,
  Members,
  objectOf,
  SetValue,
  type Value,
} from '../values/value';
import { fn, variadic, type Functions } from './signature';
import { characters } from './strings';

export const collections: Functions = {
  alltrue: fn(['list'], ([list]) => list.every((element) => element !== null && flagOf(element))),
  anytrue: fn(['list'], ([list]) => list.some((element) => element !== null && flagOf(element))),
  chunklist: fn(['list', 'number'], ([list, size]) => {
    const length = size > 0 ? Math.ceil(list.length / size) : Math.min(list.length, 1);
    return listOf(
      Array.from({ length }, (_, i) => listOf(size > 0 ? list.slice(i * size, (i + 1) * size) : list)),
    );
  }),
  coalesce: variadic([], 'any', (_, values) => {
    const found = values.find((value) => value !== null && value !== '');
    if (found === undefined) throw new Error('every value is null or empty');
    const type = unify(values.map(typeOf));
    return type ? convert(found, type) : found;
  }),
  coalescelist: variadic([], 'any', (_, lists) => {
    const found = lists.find((list) => list !== null && elementsOf(list).length > 0);
    if (found === undefined) throw new Error('every list is empty');
    return found;
  }),
  compact: fn(['list'], ([list]) =>
    listOf(list.filter((element) => element !== null && textOf(element) !== '').map(textOf)),
  ),
  concat: variadic([], 'value', (_, lists) => {
    const elements = lists.flatMap((list) => [...elementsOf(list)]);
    return lists.every((list) => list instanceof List) ? listOf(elements) : elements;
  }),
  contains: fn(['list', 'any'], ([list, wanted]) => list.some((element) => equal(element, wanted))),
  distinct: fn(['list'], ([list]) =>
    listOf(list.filter((element, i) => list.findIndex((other) => equal(other, element)) === i)),
  ),
  element: fn(['list', 'number'], ([list, index]) => {
    if (list.length === 0) throw new Error('the list is empty');
    if (index < 0) throw new Error(`${index} is no index: the first element is 0`);
    return list[index % list.length] ?? null;
  }),
  flatten: fn(['list'], ([list]) => flatten(list)),
  index: fn(['list', 'any'], ([list, wanted]) => {
    const found = list.findIndex((element) => equal(element, wanted));
    if (found < 0) throw new Error('the value is not in the list');
    return found;
  }),
  keys: fn(['value'], ([map]) => {
    const names = map instanceof Members ? [...map.names()].sort() : [...entriesOf(map).keys()];
    return map instanceof MapValue ? listOf(names) : names;
  }),
  length: fn(['value'], ([value]) => {
    if (typeof value === 'string') return characters(value).length;
    if (value instanceof Members) return value.names().length;
    if (value instanceof Map) return value.size;
    return elementsOf(value).length;
  }),
  lookup: variadic(['value', 'text'], 'any', ([map, key], [otherwise]) => {
    const found = map instanceof Members ? map.get(key) : entriesOf(map).get(key);
    if (found !== undefined) return found;
    if (otherwise === undefined) throw new Error(`there is no ${JSON.stringify(key)}, and no value for that`);
    return otherwise;
  }),
  matchkeys: fn(['list', 'list', 'list'], ([values, keys, wanted]) =>
    listOf(values.filter((_, i) => wanted.some((key) => equal(key, keys[i] ?? null)))),
  ),
  merge: variadic([], 'any', (_, maps) => {
    const given = maps.filter((map) => map !== null);
    const entries = given.flatMap((map) => [...entriesOf(map)]);
    return given.every((map) => map instanceof MapValue) ? mapOf(entries) : objectOf(entries);
  }),
  one: fn(['list'], ([list]) => {
    if (list.length > 1) throw new Error(`there is more than one element: ${list.length}`);
    return list[0] ?? null;
  }),
  reverse: fn(['value'], ([list]) => {
    const elements = [...elementsOf(list)].reverse();
    return isTuple(list) && !(list instanceof List) ? elements : listOf(elements);
  }),
  slice: fn(['value', 'number', 'number'], ([list, start, end]) => {
    const elements = elementsOf(list);
    if (start < 0 || end > elements.length || start > end) {
      throw new Error(`there is no part from ${start} to ${end} of ${elements.length} elements`);
    }
    const part = Array.from(elements).slice(start, end);
    return list instanceof List ? listOf(part) : part;
  }),
  transpose: fn(['map'], ([map]) => {
    const pairs = [...map].flatMap(([key, list]) =>
      elementsOf(list).map((element) => [textOf(element), key]),
    );
    const names = pairs.map(([name = '']) => name);
    return mapOf(
      names.map((name) => {
        const keys = pairs.filter(([other]) => other === name).map(([, key = '']) => key);
        return [name, listOf(keys)] as const;
      }),
    );
  }),
  values: fn(['value'], ([map]) => {
    const values = [...entriesOf(map).values()];
    return map instanceof MapValue ? listOf(values) : values;
  }),
  zipmap: fn(['list', 'value'], ([keys, values]) => {
    const members = elementsOf(values);
    if (keys.length !== members.length) {
      throw new Error(`there are ${keys.length} keys for ${members.length} values`);
    }
    const entries = keys.map((key, i) => [textOf(key), members[i] ?? null] as const);
    return values instanceof List ? mapOf(entries) : objectOf(entries);
  }),
};

function flatten(list: readonly Value[]): Value[] {
  return Array.from(list).flatMap((element) =>
    isTuple(element) || element instanceof SetValue ? flatten(elementsOf(element)) : [element],
  );
}
