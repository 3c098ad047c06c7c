import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { killSwitch } from '../../resources/account/switch.ts';
import { isSameWrite, switchedOn } from '../../resources/account/switch-word.ts';
import { runAs } from '../../support/run-as.ts';

export const remediationIsSwitchedOn = defineControl(killSwitch, {
  id: 'PL.SWITCH.1',
  title: 'Remediation should be on while the baseline has controls put right by themselves',
  severity: 'HIGH',
  rationale: 'What drifts stays as it is, though the baseline says that it is put right.',
  standards: {},
  onlyWhereRemediating: true,
  needs: ['switch'],
  evaluate({ switch: found }) {
    if (!found) return notApplicable('Plumbline remediates nothing in this region');
    const { parameter, wanted } = found;
    const expected = 'on, as an operator has asked for';
    if (!parameter)
      return fail('remediation is off: the parameter of its switch is gone', [
        { path: 'switch.parameter', actual: 'deleted', expected },
      ]);
    const { value, at } = parameter;
    if (value === switchedOn && isSameWrite(parameter, wanted)) return pass;
    const since = at === undefined ? '' : ` since ${at}`;
    const odd =
      value === switchedOn ? ': its parameter says on, which no operator has asked for' : '';
    return fail(`remediation is switched off${since}${odd}`, [
      { path: 'switch.parameter', actual: value, expected },
    ]);
  },
  remediation: {
    advice: `Find out who turned it off and why. An operator turns it on with: ${runAs('remediation on')}. Or have no control in the mode remediate.`,
    url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html',
  },
});
