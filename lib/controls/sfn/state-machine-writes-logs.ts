import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { stepfunctionsStateMachine } from '../../resources/sfn/stepfunctions-state-machine.ts';

export const stateMachineWritesLogs = defineControl(stepfunctionsStateMachine, {
  id: 'StepFunctions.1',
  title: 'Step Functions state machines should have logging turned on',
  severity: 'MEDIUM',
  rationale:
    'Without its log nobody sees afterwards what a state machine did, and of an express one nothing is kept at all.',
  standards: {
    'fsbp-1.0.0': ['StepFunctions.1'],
    'pci-dss-4.0.1': [
      '10.2.1.1',
      '10.2.1.2',
      '10.2.1.3',
      '10.2.1.4',
      '10.2.1.5',
      '10.2.1.6',
      '10.2.1.7',
      '10.2.2',
      '10.3.1',
      '10.6.3',
      'A1.2.1',
    ],
  },
  needs: ['stateMachine'],
  evaluate({ stateMachine: { status, logLevel } }) {
    if (status === 'DELETING') return notApplicable('the state machine is being deleted');
    if (logLevel !== 'OFF') return pass;
    return fail('the state machine writes no log', [
      { path: 'stateMachine.logLevel', actual: logLevel, expected: 'ERROR' },
    ]);
  },
  remediation: {
    advice:
      'Choose a log group and a level of logging (aws stepfunctions update-state-machine --logging-configuration), and let the role of the state machine write there.',
  },
});
