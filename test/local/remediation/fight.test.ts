import type { Action } from '../../../lib/engine/remediation/action.ts';
import { sampled } from '../../extent.ts';
import { changed, openStack, plumblineOn, type TestStack } from '../../remediation/stack.ts';
import {
  bucketType,
  control,
  driftOf,
  isBlocked,
  newBucket,
  recorder,
  unblock,
} from './buckets.ts';
import { limits } from './obstacles.ts';

// A Terraform that nobody has declared as an owner: it runs as a user, with a client of its own.
const robot = 'arn:aws:iam::123456789012:user/pipeline';
const byRobot = { by: robot, call: 's3:DeleteBucketPublicAccessBlock', userAgent: 'Boto3/1.34' };

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack();
}, 180_000);
afterAll(() => stack.end(), 60_000);

const drifts = 3;
/** Breaks it again at the named moment of each round, for as many rounds as are given. */
const fight = async (
  moment: 'before the verdict' | 'after the verdict' | 'at every moment',
  rounds: number,
) => {
  const { fault, writes } = recorder();
  const messages: string[] = [];
  const plumbline = await plumblineOn(stack, {
    controls: { [control]: {} },
    baseline: limits({ flapping: { drifts, hours: 24 } }),
    fault,
  });
  const { notify } = plumbline.remediation;
  Object.assign(plumbline.remediation, {
    notify: async (subject: string, message: string) => {
      messages.push(message);
      await notify(subject, message);
    },
  });
  const id = await newBucket(stack);
  const breakAgain = async (when: typeof moment) => {
    if (moment !== when && moment !== 'at every moment') return;
    if (!(await isBlocked(stack, id))) return;
    await unblock(stack, id);
    await plumbline.evaluate([changed(bucketType, id, byRobot)]);
  };
  await driftOf(stack, plumbline, id, byRobot);
  for (let round = 0; round < rounds; round += 1) {
    await plumbline.act(plumbline.asks.splice(0));
    await breakAgain('before the verdict');
    await plumbline.evaluate(plumbline.changes.splice(0));
    await breakAgain('after the verdict');
  }
  await plumbline.drive();
  const actions = (await plumbline.actions()).toSorted((a, b) =>
    a.startedAt.localeCompare(b.startedAt),
  );
  return { id, plumbline, actions, messages, writes: writes() };
};
const acted = ({ state }: Action): boolean => state !== 'BLOCKED';

describe('somebody who breaks it again at once', () => {
  const moments = ['before the verdict', 'after the verdict', 'at every moment'] as const;
  it.each(sampled(moments, { usual: 2 }))(
    '%s, is fought twice and then left to people',
    async (moment) => {
      const { plumbline, id, actions, messages, writes } = await fight(moment, 8);
      expect(actions.filter(acted)).toHaveLength(drifts - 1);
      expect(writes).toEqual(Array.from({ length: drifts - 1 }, () => 's3.putPublicAccessBlock'));
      const [escalated, ...more] = actions.filter((action) => !acted(action));
      expect(escalated).toMatchObject({ guard: 'flapping', driftedBy: [robot] });
      expect(escalated?.why).toBe(
        `it drifted ${drifts} times in 24 hours: ${robot} and Plumbline disagree`,
      );
      expect(more).toEqual([]);
      // The last word is the other's: it fails, is published, and waits for a person.
      expect(await isBlocked(stack, id)).toBe(false);
      expect((await plumbline.row(bucketType, id))?.controls[control]?.lastKnown).toBe('FAIL');
      expect(plumbline.notices).toEqual([`Plumbline: flapping, S3.8 on ${id}`.slice(0, 99)]);
      expect(messages).toHaveLength(1);
      expect(messages[0]).toContain(robot);
      expect(messages[0]).toContain('Plumbline put it right');
    },
  );

  it('says of what it overtook that it was superseded, and by whom', async () => {
    const { actions } = await fight('before the verdict', 8);
    for (const action of actions.filter(acted)) {
      expect(action.state).toBe('SUPERSEDED');
      expect(action.why).toContain(robot);
    }
  });

  it('drifting on for two days, is put right no more, and people are told once a day', async () => {
    let ahead = 0;
    const hour = 3_600_000;
    const plumbline = await plumblineOn(stack, {
      controls: { [control]: {} },
      baseline: limits({ flapping: { drifts, hours: 24 } }),
      clock: () => new Date(Date.now() + ahead),
    });
    const id = await newBucket(stack);
    const s3 = await stack.clients('s3');
    const all = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    for (let round = 0; round < 12; round += 1) {
      await s3.putPublicAccessBlock({ Bucket: id, PublicAccessBlockConfiguration: all });
      await driftOf(stack, plumbline, id, {
        ...byRobot,
        time: plumbline.runtime.clock().toISOString(),
      });
      await plumbline.drive();
      ahead += 4 * hour;
    }
    const months = [Date.now(), Date.now() + ahead].map((at) =>
      new Date(at).toISOString().slice(0, 7),
    );
    const actions = await plumbline.remediation.ledger.list([...new Set(months)], 100);
    expect(actions.length).toBe(12);
    expect(actions.filter(acted).length).toBe(2);
    expect(plumbline.notices).toHaveLength(2);
  });
});
