import { elementsOf } from '../values/access';
import { equal } from '../values/equal';
import { convert, setOf, typeOf, unify } from '../values/type';
import { isTuple, listOf, SetValue, type Value } from '../values/value';
import { fn, variadic, type Functions } from './signature';

export const sets: Functions = {
  setintersection: variadic(['list'], 'list', ([first], rest) => {
    const [of = [], ...others] = ofOneType([first, ...rest]);
    return setOf(of.filter((element) => others.every((other) => has(other, element))));
  }),
  setproduct: variadic([], 'value', (_, collections) => {
    const product = collections.reduce<readonly Value[][]>(
      (tuples, collection) =>
        tuples.flatMap((tuple) => Array.from(elementsOf(collection), (element) => [...tuple, element])),
      [[]],
    );
    if (collections.length < 2) throw new Error('two or more collections are needed');
    if (collections.every((collection) => collection instanceof SetValue)) return new SetValue(product);
    return collections.some((collection) => isTuple(collection)) ? listOf(product) : product;
  }),
  setsubtract: fn(['list', 'list'], (lists) => {
    const [of = [], without = []] = ofOneType(lists);
    return setOf(of.filter((element) => !has(without, element)));
  }),
  setunion: variadic(['list'], 'list', ([first], rest) => setOf(ofOneType([first, ...rest]).flat())),
};

function has(elements: readonly Value[], wanted: Value): boolean {
  return elements.some((element) => equal(element, wanted));
}

/** Sets of numbers and of strings are sets of strings together. */
function ofOneType(lists: readonly (readonly Value[])[]): readonly (readonly Value[])[] {
  const type = unify(lists.flat().map(typeOf));
  return type ? lists.map((list) => Array.from(list, (element) => convert(element, type))) : lists;
}
