import type { Action } from '../../../lib/engine/remediation/action.ts';
import { differences, imageOf } from '../../../lib/engine/remediation/outcome.ts';
import type { RemediationRequest } from '../../../lib/engine/remediation/request.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { canonicalJson } from '../../../lib/support/canonical-json.ts';
import { interrupted } from '../../remediation/shapes.ts';
import {
  changed,
  type Fault,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
  undoOf,
} from '../../remediation/stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack();
}, 180_000);
afterAll(() => stack.end(), 60_000);

const isWrite = (call: string): boolean =>
  !/\.(get|list|describe|head|batch|assume|generate|verify)/.test(call);

/** Of the longest plan, with dozens of calls, the rest is made at one go. */
const mostPoints = 20;
/** The connection breaks before and after each call that changes something, once each, once it is armed. */
const interruptions = () => {
  const points = new Set<string>();
  const made: string[] = [];
  let isArmed = true;
  const fault: Fault = (call, when, input) => {
    if (!isWrite(call)) return;
    const one = `${call} ${canonicalJson(input)}`;
    if (when === 'after') made.push(one);
    const point = `${when} ${one}`;
    if (!isArmed || points.has(point) || points.size === mostPoints) return;
    points.add(point);
    throw new Error(`socket hang up ${when} ${call}`);
  };
  const armed = (is: boolean) => {
    isArmed = is;
  };
  return { points, made, fault, armed };
};

/** Delivers an ask again and again, until it is done; answers how often it failed. */
const delivered = async (plumbline: Plumbline, ask: RemediationRequest): Promise<number> => {
  for (let failed = 0; failed <= mostPoints; failed += 1) {
    const [outcome] = await plumbline.act([ask]);
    if (outcome && !('failure' in outcome)) return failed;
  }
  throw new Error('it fails for ever');
};
const actionOf = async (
  { remediation }: Plumbline,
  { id }: Pick<Action, 'id'>,
): Promise<Action> => {
  const action = (await remediation.ledger.get(id))?.action;
  if (!action) throw new Error(`the ledger does not know ${id}`);
  return action;
};
const operationsOf = (calls: readonly { readonly operation: string }[] = []) =>
  calls.map(({ operation }) => operation);
const slotsOf = async ({ dynamoDb, ledgerTable }: Plumbline) => {
  const { Items = [] } = await dynamoDb.scan({
    TableName: ledgerTable,
    FilterExpression: 'begins_with(pk, :all)',
    ExpressionAttributeValues: { ':all': 'breaker#' },
  });
  return Items.flatMap(({ takers }) => [...takers].map(({ id }) => id));
};

describe.each(interrupted)(
  '$control: $title',
  ({ control, type, parameters = {}, daysLater = 0, ...drift }) => {
    it('ends as if nothing had been where the connection breaks at every call', async () => {
      const id = await drift.arrange(stack.clients);
      const { points, made, fault, armed } = interruptions();
      const clock = () => new Date(Date.now() + daysLater * 86_400_000);
      const plumbline = await plumblineOn(stack, {
        controls: { [control]: parameters },
        clock,
        fault,
      });
      const somebody = () => changed(type, id, { time: clock().toISOString() });
      const status = async () => (await plumbline.row(type, id))?.controls[control]?.verdict.status;
      await plumbline.evaluate([somebody()]);
      expect(await status()).toBe('PASS');
      await drift.drift(stack.clients, id);
      await plumbline.evaluate([somebody()]);
      expect(await status()).toBe('FAIL');
      const [ask] = plumbline.asks.splice(0);
      if (!ask) throw new Error('nothing was asked');
      const { ledger } = plumbline.remediation;
      const { add } = ledger;
      Object.assign(ledger, { add: () => Promise.reject(new Error('no ledger')) });
      await plumbline.act([ask]);
      Object.assign(ledger, { add });

      const failed = await delivered(plumbline, ask);
      expect(failed).toBe(points.size);
      // What says the outcome is another delivery, which these breaks are not about.
      armed(false);
      await plumbline.drive();
      const action = await actionOf(plumbline, ask);
      expect(action.why).toBeUndefined();
      expect(action).toMatchObject({ state: 'VERIFIED', controls: [control] });
      expect(action.driftedBy).toEqual(['arn:aws:iam::123456789012:user/mallory']);
      expect(await status()).toBe('PASS');
      if (action.plan?.kind !== 'calls') throw new Error('no plan was carried out');
      expect(operationsOf(action.calls)).toEqual(operationsOf(action.plan.calls));
      expect(new Set(made).size).toBe(made.length);
      expect(await slotsOf(plumbline)).toEqual([ask.id]);

      if ('impossible' in action.plan.undo) return;
      points.clear();
      armed(true);
      const undo = undoOf(action);
      expect(await delivered(plumbline, undo)).toBe(points.size);
      armed(false);
      await plumbline.drive();
      const undone = await actionOf(plumbline, undo);
      expect(undone.why).toBeUndefined();
      expect(undone).toMatchObject({ state: 'VERIFIED', undoes: action.id });
      expect(await status()).toBe('FAIL');
      // So soon after the drift its event is still a suspect: the hold keeps what was taken back as it is.
      const acted = (await plumbline.actions()).filter(({ state }) => state !== 'BLOCKED');
      expect(acted).toHaveLength(2);
      const found = resourceTypes.find((one) => one.type === type);
      expect(found && differences(found, action.before ?? {}, imageOf(undone.after ?? {}))).toEqual(
        [],
      );
      expect(operationsOf(undone.calls)).toEqual(operationsOf(action.plan.undo.calls));
    });
  },
);
