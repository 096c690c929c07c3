import * as z from 'zod/mini';
import type { TakesText } from '../../shared/http/inexact-numbers';
import { operationTakesText } from '../../operations/envelope';

/** The attributes that every order has beside its `id`, and that no update may take from it. */
export const requiredAttributes = {
  product: z.string().check(z.minLength(1)),
  price: z.number().check(z.minimum(0)),
  order_date: z.iso.datetime({
    offset: true,
    error: 'must be an ISO 8601 date-time such as 2024-11-04T10:30:00Z',
  }),
};

/** An order, with free further attributes. */
export const order = z.looseObject({ id: z.string().check(z.minLength(1)), ...requiredAttributes });

/** A price is a number, and so may be what an expression sets or compares it to. */
export const orderTakesText: TakesText = (path) =>
  operationTakesText(path) && !/^payload\.(Item\.price$|ExpressionAttributeValues\b)/.test(path);
