import fc from 'fast-check';
import { planOf } from '../../../../lib/engine/remediation/planning.ts';
import {
  comparableRules,
  type IdentifiedRule,
} from '../../../../lib/resources/ec2/security-group-rules.ts';
import { facetsOf, rule } from '../rules.ts';
import {
  allowed,
  asked,
  caseOf,
  evaluate,
  forEachPlan,
  lists,
  missing,
  only,
  peerOf,
  place,
  portless,
  samplesOf,
  stateAfter,
  states,
} from './security-group-cases.ts';

const slicesOfInternet: readonly string[] = [
  ...['0.0.0.0/1', '128.0.0.0/1', '64.0.0.0/2', '0.0.0.0/2', '11.0.0.0/8', '2000::/4'],
  ...['0.0.0.0/0', '::/0', 'pl-half', 'pl-six', 'pl-everybody'],
];

describe('the plan for the rules of a group', () => {
  test('most groups that fail get one that is carried out by itself', () => {
    const made = fc
      .sample(fc.tuple(states, asked), { numRuns: 300, seed: 7 })
      .map((one) => caseOf(...one));
    expect(made.filter(Boolean).length).toBeGreaterThan(100);
  });

  test('what it lets in is a part of what came in before', () => {
    forEachPlan(({ state, after }) => {
      const samples = samplesOf(state, after);
      expect(missing(allowed(state, samples), allowed(after, samples))).toEqual([]);
    });
  });

  test('each of its controls passes, and is not planned for again', () => {
    forEachPlan(({ planned, after }) => {
      expect(planned.length).toBeGreaterThan(0);
      for (const one of planned) {
        const { status } = evaluate(one, after);
        const isUnseen = after.rules.some((left) => peerOf(left) === 'pl-unseen');
        expect(isUnseen ? ['PASS', 'UNKNOWN'] : ['PASS']).toContain(status);
      }
      expect(
        planOf(
          planned.filter((one) => evaluate(one, after).status === 'FAIL'),
          after,
          place,
        ),
      ).toBe(undefined);
    });
  });

  test('a safe one closes nothing that could come in without a control failing', () => {
    forEachPlan(({ state, planned, after, plan }) => {
      if (plan.risk !== 'safe') return;
      const samples = samplesOf(state, after);
      const all = missing(allowed(after, samples), allowed(state, samples));
      for (const lost of all) {
        const open = only(after, lost);
        const [from = '', protocol = '', at = ''] = lost.split(' ');
        const failsWith = (peers: readonly string[]) => {
          const reopened = peers.map((peer) => rule(`${protocol} ${at}-${at} from ${peer}`));
          const put = facetsOf([...open.rules, ...reopened], lists);
          return planned.some((one) => evaluate(one, put).status === 'FAIL');
        };
        // A slice of the internet goes with the others that made it up, none of which is a source that somebody named.
        const slices = all
          .filter((other) => other.endsWith(` ${protocol} ${at}`))
          .map((other) => other.split(' ')[0] ?? '')
          .filter((peer) => slicesOfInternet.includes(peer));
        const isSlice = slicesOfInternet.includes(from);
        expect([lost, failsWith([from]) || (isSlice && failsWith(slices))]).toEqual([lost, true]);
      }
    });
  });

  test('a disruptive one closes traffic without ports only of rules for all traffic', () => {
    forEachPlan(({ state, after }) => {
      for (const lost of missing(allowed(after, portless), allowed(state, portless))) {
        const [from = '', protocol = ''] = lost.split(' ');
        expect(protocol).not.toMatch(/^icmp/);
        expect(state.rules.some((one) => one.protocol === '-1' && peerOf(one) === from)).toBe(true);
      }
    });
  });

  test('no call opens what was closed, or closes what stays; each does something', () => {
    forEachPlan(({ state, plan, after }) => {
      const samples = samplesOf(state, after);
      const [before, stays] = [allowed(state, samples), allowed(after, samples)];
      let now = state;
      const undo = 'calls' in plan.undo ? plan.undo.calls : [];
      for (const call of [...plan.calls, ...undo]) {
        const next = stateAfter(now, [call]);
        expect(comparableRules(next.rules)).not.toEqual(comparableRules(now.rules));
        expect(missing(allowed(next, samples), stays)).toEqual([]);
        expect(missing(before, allowed(next, samples))).toEqual([]);
        now = next;
      }
      expect(comparableRules(now.identifiedRules)).toEqual(comparableRules(state.identifiedRules));
    });
  });

  test('a rule that stays keeps its id, and what is added has the marks of the rule it is a piece of', () => {
    forEachPlan(({ state, after }) => {
      const marksOf = (one: IdentifiedRule) =>
        JSON.stringify([one.direction, peerOf(one), one.description, one.tags]);
      const former = new Map(state.identifiedRules.map((one) => [one.id, marksOf(one)]));
      for (const one of after.identifiedRules) {
        if (former.has(one.id)) expect(marksOf(one)).toBe(former.get(one.id));
        else expect([...former.values()]).toContain(marksOf(one));
      }
    });
  });

  test('each call made twice has the effect of one', () => {
    forEachPlan(({ state, plan, after }) => {
      const isRepeatable = ({ operation }: { operation: string }) =>
        operation !== 'modifySecurityGroupRules';
      const twice = plan.calls.flatMap((call) => (isRepeatable(call) ? [call, call] : [call]));
      expect(comparableRules(stateAfter(state, twice).rules)).toEqual(comparableRules(after.rules));
    });
  });
});
