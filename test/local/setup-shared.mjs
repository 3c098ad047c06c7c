// Takes the two local AWS that the tests of this project share from the pool, which ends them with itself.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { openPool } from './pool.mjs';

const taken = async (options) => {
  const connection = connect(process.env.PLUMBLINE_TEST_POOL).unref();
  connection.write(`${JSON.stringify(options)}\n`);
  const [line] = await once(createInterface({ input: connection }), 'line');
  return JSON.parse(line);
};

export default async () => {
  await openPool();
  // What only reads needs nobody who evaluates what it has made: that takes three times as long as the reading.
  const read = await taken({ unattended: ['evaluate', 'sweep'] });
  const whole = await taken({});
  Object.assign(process.env, {
    PLUMBLINE_TEST_ENDPOINT: read.url,
    // Credentials of the deployed evaluator's role: what it may not read shows in the tests of the readers.
    PLUMBLINE_TEST_READER: JSON.stringify(read.reader),
    // Where the handlers take every message.
    PLUMBLINE_TEST_PATH: whole.url,
  });
};
