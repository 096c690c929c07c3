import { once } from 'node:events';
import { startMoto } from './moto';
import { startForwarder } from './moto-forwarder';

/** An account of a test file's own, where names are free that other tests take. Ends with the file's tests. */
export function ownAccount(): void {
  let end: () => Promise<void>;

  beforeAll(async () => {
    const moto = await startMoto();
    const { server, endpoint } = await startForwarder(moto.endpoint);
    process.env.AWS_ENDPOINT_URL = endpoint;
    end = async () => {
      server.close();
      server.closeAllConnections();
      moto.process.kill();
      await once(moto.process, 'exit');
    };
  });
  afterAll(() => end());
}
