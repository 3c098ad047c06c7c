import { actionsOf } from '../../../lib/reports/compliance/actions.ts';
import type { RecordedAction, RecordedActions } from '../../../lib/reports/compliance/record.ts';
import { reportMarkdown } from '../formats/rendered.ts';
import { reportFrom } from '../formats/sample-report.ts';
import { scanOf } from './sample.ts';

const action = (id: string, over: Partial<RecordedAction> = {}): RecordedAction => ({
  id,
  region: 'us-east-1',
  resource: `arn:aws:s3:::${id}`,
  controls: ['S3.8'],
  state: 'VERIFIED',
  askedBy: 'person',
  startedAt: '2026-11-30T08:00:00.000Z',
  ...over,
});
const told = (account: string, from: string, to: string, list: RecordedActions['list']) => ({
  ...scanOf([], {}),
  account,
  actions: { from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z`, list },
});

describe('actions of a report', () => {
  const hub = '123456789012';
  it('are each of its own account; one that says none is of the account of its record', () => {
    const list = [action('a', { account: '210987654321' }), action('b')];
    const actions = actionsOf([told(hub, '2026-11-01', '2026-11-30', list)]);
    expect(actions?.list.map(({ id, account }) => [id, account])).toEqual([
      ['a', '210987654321'],
      ['b', hub],
    ]);
    const page = reportMarkdown({ ...reportFrom([]), ...(actions ? { actions } : {}) });
    expect(page).toMatch(/\| 210987654321 us-east-1 \| arn:aws:s3:::a \|/);
    expect(page).toMatch(/\| 123456789012 us-east-1 \| arn:aws:s3:::b \|/);
  });
  it('are told from the first time that one record tells of until the last', () => {
    const other = told('210987654321', '2026-11-10', '2026-12-01', []);
    expect(actionsOf([told(hub, '2026-11-01', '2026-11-30', []), other])).toMatchObject({
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-12-01T00:00:00.000Z',
    });
  });
});
