import fc from 'fast-check';
import { asRecord } from '../../lib/support/untyped.ts';
import { runs } from '../extent.ts';
import { awsSender, ownRole } from '../fakes/heard.ts';
import { operatorId } from '../fakes/operator.ts';
import { corpus } from './corpus.ts';
import { messages } from './mutations.ts';
import { takeOne } from './never-believed.ts';

it('each kind of message counts where it is not changed', async () => {
  for (const { queue, body } of corpus) {
    const { version, ask, askedBy } = asRecord(body);
    const isKnown = ask === 'answer' || ask === 'conclude';
    const isPersons = !isKnown && asRecord(askedBy)['kind'] === 'person';
    const own = isPersons ? operatorId : ownRole;
    const sender = version === 1 ? `${own}:session` : awsSender;
    const taken = await takeOne({ queue, body, sender, isOurs: true });
    expect([queue, body, taken.dropped]).toEqual([queue, body, undefined]);
  }
});

it('of a message that somebody has changed nothing is believed that must not be', () =>
  fc.assert(
    fc.asyncProperty(messages, async (said) => {
      await takeOne(said);
    }),
    runs(500),
  ));
