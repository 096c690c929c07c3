/** The largest zip a function of a system may become, in KiB. Cold start grows with it. */
export const zipBudgets: Readonly<Record<string, number>> = {
  'data-api': 90,
  'dynamodb-manager': 90,
  'order-api': 90,
  // The weight is in the layer.
  'items-api': 25,
};
