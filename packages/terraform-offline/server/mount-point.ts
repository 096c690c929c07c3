import type { Api, Stack } from '../terraform/model';

/** Where an API answers: `/data-api/prod`; without a segment for the stage `$default`. */
export function mountPoint({ id }: Stack, { stageName }: Api): string {
  return stageName === '$default' ? `/${id}` : `/${id}/${stageName}`;
}
