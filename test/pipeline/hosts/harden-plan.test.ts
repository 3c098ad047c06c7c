import { hardenPlan } from '../../../lib/pipeline/hosts/harden/harden-plan.ts';
import { account, region } from '../../fakes/fake-resource.ts';

const ref = { account, region, id: 'i-1' };
const row = { id: 'PL.SSH.6', parameters: { max: { default: 4 }, min: { default: 1 } } } as const;
const document = 'Plumbline-HardenHost-ssh';
const debian = { name: 'debian 12', isTried: true };
const planned = (risk: 'safe' | 'disruptive' | 'breaking', system: unknown, parameters = {}) =>
  hardenPlan({ ...row, fix: { document, risk } }, system, { ref, parameters });

describe('the plan for a host', () => {
  it('names the host, the control, and what the baseline sets otherwise', () => {
    const plan = planned('disruptive', debian, { max: 3, min: 1 });
    expect(plan).toMatchObject({ kind: 'calls', risk: 'disruptive' });
    expect(plan.calls?.[0]).toMatchObject({
      service: 'ssm',
      operation: 'sendCommand',
      input: {
        DocumentName: document,
        InstanceIds: ['i-1'],
        Parameters: { Controls: ['PL.SSH.6'], Parameters: ['PL.SSH.6.max=3'], Install: ['no'] },
      },
    });
  });

  it.each([
    ['the host has not said what it runs', 'safe', undefined, /has not said/],
    ['it was not tried there', 'safe', { name: 'rhel 9.4', isTried: false }, /not tried on rhel/],
    ['a workload may stop', 'breaking', debian, /may stop a workload/],
  ] as const)('is only proposed where %s', (_, risk, system, why) => {
    expect(planned(risk, system)).toMatchObject({
      kind: 'proposal',
      why: expect.stringMatching(why),
    });
  });
});
