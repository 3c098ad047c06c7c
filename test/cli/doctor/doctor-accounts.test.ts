import { knownOf, looks } from '../../../lib/cli/commands/doctor/doctor-accounts.ts';
import type { ResourceRow } from '../../../lib/engine/posture/row.ts';

const rowWith = (verdict: object) =>
  ({
    controls: { 'PL.ACCOUNT.1': { verdict, readAt: '2026-06-15T12:00:00.000Z' } },
  }) as unknown as ResourceRow;

describe('what doctor says of another account is what Plumbline found last', () => {
  it.each([
    [{ status: 'PASS' }, 'PASS', 'could be entered at 2026-06-15T12:00:00.000Z'],
    [
      { status: 'FAIL', reason: 'account 444455556666 lets Plumbline not assume Plumbline-Read' },
      'FAIL',
      'account 444455556666 lets Plumbline not assume Plumbline-Read',
    ],
    [{ status: 'UNKNOWN', reason: 'STS is away' }, 'UNKNOWN', 'STS is away'],
  ])('%j', (verdict, status, sentence) => {
    expect(knownOf(rowWith(verdict), looks.entry)).toMatchObject({ status, sentences: [sentence] });
  });

  it('says of its ears what they brought', () => {
    const row = {
      controls: {
        'PL.ACCOUNT.2': { verdict: { status: 'PASS' }, readAt: '2026-06-15T12:00:00.000Z' },
      },
    } as unknown as ResourceRow;
    expect(knownOf(row, looks.ears)).toMatchObject({
      status: 'PASS',
      sentences: ['its rules brought all that is wanted at 2026-06-15T12:00:00.000Z'],
    });
  });

  it('is no all-clear where nobody has looked', () => {
    expect(knownOf(undefined, looks.ears)).toMatchObject({
      status: 'FAIL',
      sentences: [expect.stringContaining('member-template')],
    });
  });
});
