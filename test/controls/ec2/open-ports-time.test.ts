import * as controls from '../../../lib/controls/ec2/index.ts';
import { planOf } from '../../../lib/engine/remediation/planning.ts';
import type { Control } from '../../../lib/model/control.ts';
import { sampled } from '../../extent.ts';
import { facetsOf, rule } from '../ec2/rules.ts';
import { defaults, now } from '../harness.ts';

const ref = { account: '123456789012', region: 'us-east-1', id: 'sg-1' };
const all: readonly Control[] = Object.values(controls);
const ofAdmins = { adminSources: ['10.0.0.0/8', '192.0.2.0/24'] };

const evaluateAll = (state: Readonly<Record<string, unknown>>) =>
  all.map((control) => {
    const parameters = { ...defaults(control), ...(control.id === 'PL.EC2.5' ? ofAdmins : {}) };
    return { control, parameters, verdict: control.evaluate(state, { ref, parameters, at: now }) };
  });

/** Milliseconds of this process, and not of the others on the machine: the least of several runs. */
const quickest = (run: () => unknown, times = 7): number =>
  Math.min(
    ...Array.from({ length: times }, () => {
      const begun = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 1000;
    }),
  );

type Shape = (i: number) => string;
const hex = (i: number) => i.toString(16);
/** Groups in which a evaluation that compares each rule with each other one takes the longest. */
const shapes: Readonly<Record<string, readonly [Shape, Shape]>> = {
  'ports that all overlap': [
    (i) => `tcp ${i}-${i + 30_000} from ${i % 223}.${i % 256}.0.0/${8 + (i % 25)}`,
    (i) => `tcp ${i}-${i + 30_000} from 2${hex(i)}::/${16 + (i % 100)}`,
  ],
  'ports in one another, each open to the internet by itself': [
    (i) => `tcp ${i}-${60_000 - i} from 0.0.0.0/0`,
    (i) => `udp ${i}-${60_000 - i} from ::/0`,
  ],
  'slices of the internet on many ports': [
    (i) => `-1 from ${i % 256}.0.0.0/${8 + Math.floor(i / 256)}`,
    (i) => `tcp ${i}-${i + 2000} from 2${hex(i % 256).padStart(3, '0')}::/16`,
  ],
  'pairs of halves, each pair on a port of its own': [
    (i) =>
      `tcp ${20 * Math.floor(i / 2)}-${20 * Math.floor(i / 2) + 9} from ${i % 2 ? 128 : 0}.0.0.0/1`,
    (i) => `tcp ${20 * Math.floor(i / 2)}-65000 from ${i % 2 ? '2000::/5' : '2800::/5'}`,
  ],
  'addresses that make up wide networks': [
    (i) => `tcp 22-${23 + (i % 50)} from 198.51.${100 + (i >> 8)}.${i % 256}/32`,
    (i) => `tcp 22-${23 + i} from 2001:db8:${hex(i)}::/48`,
  ],
};
const groupOf = ([ofIpv4, ofIpv6]: readonly [Shape, Shape], size: number) =>
  facetsOf(
    Array.from({ length: 2 * size }, (_, i) => rule(i < size ? ofIpv4(i) : ofIpv6(i - size))),
  );

describe.each(sampled(Object.entries(shapes), { quick: 5 }))(
  'a security group of %s',
  (_, shape) => {
    test('is evaluated by all controls within 200 ms, with 1,000 rules of each family', () => {
      const state = groupOf(shape, 1000);
      // Beside other tests one run in many is undisturbed.
      expect(quickest(() => evaluateAll(state), 30)).toBeLessThan(200);
    });

    test('takes about twice as long for twice as many rules', () => {
      const [small, large] = [groupOf(shape, 1000), groupOf(shape, 4000)];
      const timeOf = (state: ReturnType<typeof groupOf>) => quickest(() => evaluateAll(state), 3);
      timeOf(small);
      // 2.3 for a doubling is 5.3 for two; what is quadratic takes 16 times as long.
      expect(timeOf(large) / timeOf(small)).toBeLessThan(12);
    });

    test('is planned for in seconds', () => {
      const state = groupOf(shape, 1000);
      const failing = evaluateAll(state).filter(({ verdict }) => verdict.status === 'FAIL');
      const place = { ref, arn: 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-1', at: now };
      for (const one of failing)
        expect(quickest(() => planOf([one], state, place), 1)).toBeLessThan(5_000);
    });
  },
);
