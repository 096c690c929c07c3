import { messageOf } from '../../../message-of';
import { NotKnown, Unknown, type Value } from '../values/value';
import { addresses } from './addresses';
import { aws } from './aws';
import { collections } from './collections';
import { conversions } from './conversions';
import { dates } from './dates';
import { encodings } from './encodings';
import { files } from './files';
import { hashes } from './hashes';
import { numbers } from './numbers';
import { sets } from './sets';
import type { FunctionContext, Functions } from './signature';
import { strings } from './strings';

/** https://developer.hashicorp.com/terraform/language/functions */
const FUNCTIONS = new Map(
  Object.entries({
    ...addresses,
    ...aws,
    ...collections,
    ...conversions,
    ...dates,
    ...encodings,
    ...files,
    ...hashes,
    ...numbers,
    ...sets,
    ...strings,
  } satisfies Functions),
);

/**
 * What a function gives. One that is not known here, such as another provider's, gives an `Unknown` that says so.
 * @throws naming the function
 */
export function callFunction(name: string, args: readonly Value[], context: FunctionContext): Value {
  const body = FUNCTIONS.get(name.replace(/^core::/, ''));
  if (!body) return new Unknown(`the function ${name} is not evaluated here`);
  try {
    return body(args, context);
  } catch (error) {
    if (error instanceof NotKnown) throw error;
    throw new Error(`${name}: ${messageOf(error)}`, { cause: error });
  }
}
