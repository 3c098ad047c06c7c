import { leftAlone } from '../../lib/cli/output/left-alone.ts';
import { allControls } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import type { ControlRow, ResourceRow } from '../../lib/engine/posture/row.ts';
import { refOf } from '../resources/aws.ts';

const at = '2026-06-15T12:00:00.000Z';
const controls = await allControls();
const base = defaultBaseline(controls);
const controlRow = (status: 'PASS' | 'FAIL'): ControlRow => ({
  verdict: { status },
  lastKnown: status,
  since: at,
  firstSeenAt: at,
  readAt: at,
  episodes: 1,
  causes: [],
});
const row = (failing: readonly string[], passing: readonly string[] = []): ResourceRow => ({
  type: 'AWS::EC2::SecurityGroup',
  ref: refOf('sg-1'),
  version: 1,
  readAt: at,
  stampedAt: at,
  tags: {},
  controls: Object.fromEntries([
    ...failing.map((id) => [id, controlRow('FAIL')]),
    ...passing.map((id) => [id, controlRow('PASS')]),
  ]),
});
const named = (id: string) => {
  const found = controls.find((one) => one.id === id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};
const exempt = {
  ...base,
  exemptions: [
    {
      control: 'EC2.14',
      resource: 'sg-*',
      owner: 'web',
      reason: 'site',
      expires: '2999-12-31T00:00:00.000Z',
    },
  ],
};
const only13 = { ...base, controls: { 'EC2.13': base.controls['EC2.13'] } } as typeof base;

describe('a fix of one control says what it leaves of the plan that is shown for several', () => {
  it('by name', () => {
    const said = leftAlone(named('EC2.13'), row(['EC2.13', 'EC2.14'], ['EC2.19']), {
      controls,
      baseline: base,
    });
    expect(said).toEqual([
      'this fix is for EC2.13 alone: EC2.14 may still fail after it; npx --no-install plumbline plan --resource sg-1 shows one plan for all',
    ]);
  });

  const silent = {
    'nothing else fails': [row(['EC2.13'], ['EC2.14']), base],
    'the other is exempt': [row(['EC2.13', 'EC2.14']), exempt],
    'the other is not enabled': [row(['EC2.13', 'EC2.14']), only13],
  } as const;
  it.each(Object.entries(silent))('and nothing where %s', (_, [one, baseline]) => {
    expect(leftAlone(named('EC2.13'), one, { controls, baseline })).toEqual([]);
  });

  it('and nothing of controls that have plans of their own', () => {
    const both = row(['S3.8', 'S3.5']);
    expect(leftAlone(named('S3.8'), both, { controls, baseline: base })).toEqual([]);
  });
});
