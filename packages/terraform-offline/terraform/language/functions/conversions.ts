import { convert, ANY, type Type } from '../values/type';
import { Unknown } from '../values/value';
import { fn, type Functions, type TerraformFunction } from './signature';

export const conversions: Functions = {
  tobool: to({ kind: 'bool' }),
  tolist: to({ kind: 'list', element: ANY }),
  tomap: to({ kind: 'map', element: ANY }),
  tonumber: to({ kind: 'number' }),
  toset: to({ kind: 'set', element: ANY }),
  tostring: to({ kind: 'string' }),
  // What is sensitive is known from outputs and variables alone here: values do not carry it.
  ephemeralasnull: fn(['any'], ([value]) => value),
  issensitive: fn(['any'], () => new Unknown('whether a value is sensitive is not followed here')),
  nonsensitive: fn(['any'], ([value]) => value),
  sensitive: fn(['any'], ([value]) => value),
};

function to(type: Type): TerraformFunction {
  return fn(['any'], ([value]) => convert(value, type));
}
