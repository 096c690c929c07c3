import { any, type AnySchema_ } from 'dynamodb-toolbox/schema/any';
import type * as z from 'zod/mini';
import { itemFields } from '../contract';

type Fields = z.infer<typeof itemFields>;

const attributes: Record<string, AnySchema_> = Object.fromEntries(
  Object.entries(itemFields.shape).map(([name, field]) => [name, attribute(field)]),
);

/** The attributes that hold the caller's fields: each takes what the contract says of it. */
export const itemAttributes = attributes as {
  [Name in keyof Fields]-?: AnySchema_<{ castAs: NonNullable<Fields[Name]>; required: 'never' }>;
};

/** Optional, since rows written before a field was added do not have it; the contract makes callers send it. */
function attribute(field: z.ZodMiniType): AnySchema_ {
  const validate = (value: unknown) => {
    const { error } = field.safeParse(value);
    return error ? error.issues.map(({ message }) => message).join('; ') : true;
  };
  return any().optional().putValidate(validate).updateValidate(validate);
}
