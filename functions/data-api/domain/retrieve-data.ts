import { validate as isUuid } from 'uuid';
import type { HttpHandler } from '../../shared/http/http';
import { Problem } from '../../shared/http/problem';
import { shortened } from '../../shared/http/violations';
import { readData, type DataTable } from './stored-data';

/** `GET /data/{id}`: 200 with the id and what was stored under it. UUIDs are read in either case (RFC 9562). */
export function retrieveData(table: DataTable): HttpHandler {
  return async (request) => {
    const id = request.pathParameters.id ?? '';
    const stored = isUuid(id) ? await readData(table, id.toLowerCase()) : undefined;
    if (!stored) throw new Problem('not-found', `There is no data under the id ${shortened(id)}.`);
    return { status: 200, body: stored };
  };
}
