import { isConcluded } from '../../../lib/engine/action.ts';
import { differences, imageOf } from '../../../lib/engine/outcome.ts';
import { resourceTypes } from '../../../lib/resources/index.ts';
import { drifts } from '../../remediation/drifts/index.ts';
import { changed, openSite, plant, type Site, undoOf } from '../../remediation/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 180_000);
afterAll(() => site.end(), 60_000);

describe.each(drifts)('$control: $title', ({ control, type, parameters = {}, arrange, drift }) => {
  it('is put right, proven, taken back and proven again', async () => {
    const id = await arrange(site.clients);
    const plumbline = await plant(site, { controls: { [control]: parameters } });
    await plumbline.judge([changed(type, id)]);
    expect((await plumbline.row(type, id))?.controls[control]?.verdict.status).toBe('PASS');

    await drift(site.clients, id);
    await plumbline.judge([changed(type, id)]);
    expect((await plumbline.row(type, id))?.controls[control]?.verdict.status).toBe('FAIL');
    await plumbline.drive();
    const [action] = await plumbline.actions();
    expect(action?.why).toBeUndefined();
    expect(action).toMatchObject({ state: 'VERIFIED', controls: [control] });
    expect(action?.driftedBy).toEqual(['arn:aws:iam::123456789012:user/mallory']);
    expect((await plumbline.row(type, id))?.controls[control]?.verdict.status).toBe('PASS');
    if (!action || !isConcluded(action)) throw new Error('no action was concluded');

    if (action.plan?.kind === 'calls' && 'impossible' in action.plan.undo) return;
    const undo = undoOf(action);
    await plumbline.act([undo]);
    await plumbline.drive();
    const undone = (await plumbline.remedies.ledger.get(undo.id))?.action;
    expect(undone).toMatchObject({ state: 'VERIFIED', undoes: action.id });
    const found = resourceTypes.find((one) => one.type === type);
    if (!found) throw new Error(`there is no ${type}`);
    const now = imageOf(undone?.after ?? {});
    expect(differences(found, action.before ?? {}, now)).toEqual([]);
    expect((await plumbline.row(type, id))?.controls[control]?.verdict.status).toBe('FAIL');
    // Our own undo is no drift.
    expect(await plumbline.actions()).toHaveLength(2);
  });
});
