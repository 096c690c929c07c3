/**
 * The escape hatch of a construct for what few need: changes the attributes of a resource, by the name that the construct's
 * `resources` have for it, before it is made.
 * @example transform: { table: (config) => ({ ...config, tableClass: 'STANDARD_INFREQUENT_ACCESS' }) }
 */
export type Transform<Configs> = {
  readonly [Name in keyof Configs]?: (config: Configs[Name]) => Configs[Name];
};

/** The attributes of a resource as the transform, if there is one for it, wants them. */
export function transformed<Configs, Name extends keyof Configs>(
  transform: Transform<Configs> | undefined,
  name: Name,
  config: Configs[Name],
): Configs[Name] {
  return transform?.[name]?.(config) ?? config;
}
