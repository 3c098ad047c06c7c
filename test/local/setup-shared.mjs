// Takes the local AWS that the tests of this project share from the pool, which ends it with itself.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { openPool } from './pool.mjs';

export default async () => {
  await openPool();
  const connection = connect(process.env.PLUMBLINE_TEST_POOL).unref();
  connection.write('{}\n');
  const [line] = await once(createInterface({ input: connection }), 'line');
  const { url, reader } = JSON.parse(line);
  Object.assign(process.env, {
    PLUMBLINE_TEST_ENDPOINT: url,
    // Credentials of the deployed evaluator's role: what it may not read shows in the tests of the readers.
    PLUMBLINE_TEST_READER: JSON.stringify(reader),
  });
};
