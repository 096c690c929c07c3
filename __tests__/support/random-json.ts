const CHARACTERS = [...'abcXYZ019 _-.#:$"\\/\n\t\u0000\u007fäß€漢😀\u2028\ufffd'];
const NAMES = ['id', 'data', 'S', 'N', 'M', 'a', 'b.c', 'd e', ':v', '#n', 'toString', 'valueOf', '1', '😀'];

/** A JSON value that can be stored, always the same one for the same seed. */
export function randomJson(seed: number): unknown {
  const random = mulberry32(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const text = () => Array.from({ length: below(12) }, () => CHARACTERS[below(CHARACTERS.length)]).join('');
  const numbers = [
    () => below(10),
    () => below(2 ** 53) - 2 ** 52,
    () => random(),
    () => (random() - 0.5) * 10 ** (below(250) - 125),
  ];
  const scalars = [() => null, () => random() < 0.5, text, () => numbers[below(numbers.length)]!()];

  function value(levels: number): unknown {
    const kind = levels === 0 ? 0 : below(3);
    if (kind === 0) return scalars[below(scalars.length)]!();
    const values = Array.from({ length: below(4) }, () => value(levels - 1));
    if (kind === 1) return values;
    return Object.fromEntries(values.map((member) => [NAMES[below(NAMES.length)]! + text(), member]));
  }
  return value(below(31));
}

/** A small generator of numbers from 0 to 1. https://github.com/cprosche/mulberry32 */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
