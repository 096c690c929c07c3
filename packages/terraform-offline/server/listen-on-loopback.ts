import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/**
 * Listens on this machine alone.
 * @param wanted another free port is taken in its place when something else listens there; 0: any free one
 * @returns the port
 */
export async function listenOnLoopback(server: Server, wanted: number): Promise<number> {
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  return (server.address() as AddressInfo).port;
}
