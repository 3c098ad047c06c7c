import { createServer } from 'node:net';
import { UserError } from '../support/user-error.ts';

/** Finds out before anything is started that the port is taken. */
export const checkPort = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.message})`;
      reject(
        new UserError(`port ${port} ${why}; choose another with --port, or 0 for any free one`, {
          cause: error,
        }),
      );
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
