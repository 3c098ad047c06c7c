import { isConcluded } from '../../../lib/engine/remediation/action.ts';
import { differences, imageOf } from '../../../lib/engine/remediation/outcome.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import type { Drift } from '../../remediation/drift.ts';
import {
  changed,
  openStack,
  plumblineOn,
  type TestStack,
  undoOf,
} from '../../remediation/stack.ts';

/** Each drift goes the whole path: FAIL, fixed, proven, taken back, proven, and as before field by field. */
export const testDrifts = (drifts: readonly Drift[]): void => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await openStack();
  }, 180_000);
  afterAll(() => stack.end(), 60_000);

  describe.each(drifts)(
    '$control: $title',
    ({ control, type, parameters = {}, daysLater = 0, ...drift }) => {
      it('is put right, proven, taken back and proven again', async () => {
        const id = await drift.arrange(stack.clients);
        const clock = () => new Date(Date.now() + daysLater * 86_400_000);
        const plumbline = await plumblineOn(stack, { controls: { [control]: parameters }, clock });
        const somebody = () => changed(type, id, { time: clock().toISOString() });
        const status = async () =>
          (await plumbline.row(type, id))?.controls[control]?.verdict.status;
        await plumbline.evaluate([somebody()]);
        expect(await status()).toBe('PASS');

        await drift.drift(stack.clients, id);
        await plumbline.evaluate([somebody()]);
        expect(await status()).toBe('FAIL');
        await plumbline.drive();
        const [action] = await plumbline.actions();
        expect(action?.why).toBeUndefined();
        expect(action).toMatchObject({ state: 'VERIFIED', controls: [control] });
        expect(action?.driftedBy).toEqual(['arn:aws:iam::123456789012:user/mallory']);
        expect(await status()).toBe('PASS');
        if (!action || !isConcluded(action)) throw new Error('no action was concluded');

        if (action.plan?.kind === 'calls' && 'impossible' in action.plan.undo) return;
        const undo = undoOf(action);
        await plumbline.act([undo]);
        await plumbline.drive();
        const undone = (await plumbline.remediation.ledger.get(undo.id))?.action;
        expect(undone?.why).toBeUndefined();
        expect(undone).toMatchObject({ state: 'VERIFIED', undoes: action.id });
        const found = resourceTypes.find((one) => one.type === type);
        if (!found) throw new Error(`there is no ${type}`);
        const now = imageOf(undone?.after ?? {});
        expect(differences(found, action.before ?? {}, now)).toEqual([]);
        expect(await status()).toBe('FAIL');
        // So soon after the drift its event is still a suspect: the hold keeps what was taken back as it is.
        const acted = (await plumbline.actions()).filter(({ state }) => state !== 'BLOCKED');
        expect(acted).toHaveLength(2);
      });
    },
  );
};
