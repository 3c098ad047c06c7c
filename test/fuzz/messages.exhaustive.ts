import fc from 'fast-check';
import { messages } from './mutations.ts';
import { takeOne } from './never-believed.ts';

const numRuns = 100_000;

it(`of ${numRuns} messages that somebody has changed nothing is believed that must not be`, async () => {
  const dropped: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(messages, async (said) => {
      const { dropped: reason = 'taken' } = await takeOne(said);
      dropped[reason] = (dropped[reason] ?? 0) + 1;
    }),
    { numRuns },
  );
  // Of each reason there are many, or the messages are not what they should be.
  for (const reason of ['taken', 'malformed', 'outsider', 'foreign', 'future', 'stale'])
    expect(dropped[reason]).toBeGreaterThan(100);
}, 1_800_000);
