import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { optionalOneOf } from '../../model/parameters.ts';
import { stepfunctionsStateMachine } from '../../resources/sfn/stepfunctions-state-machine.ts';

/** From the least to the most that is written. */
const levels = ['OFF', 'FATAL', 'ERROR', 'ALL'];

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
  // "Minimum logging level", as AWS Config reads it: whoever asks for ERROR is content with ALL.
  parameters: { logLevel: optionalOneOf({ values: ['ALL', 'ERROR', 'FATAL'] }) },
  evaluate({ stateMachine: { status, logLevel } }, { parameters: { logLevel: wanted } }) {
    if (status === 'DELETING') return notApplicable('the state machine is being deleted');
    if (levels.indexOf(logLevel) >= levels.indexOf(wanted ?? 'FATAL')) return pass;
    return fail(
      logLevel === 'OFF' ? 'the state machine writes no log' : `the log has the level ${logLevel}`,
      [{ path: 'stateMachine.logLevel', actual: logLevel, expected: wanted ?? 'ERROR' }],
    );
  },
  remediation: {
    advice:
      'Choose a log group and a level of logging (aws stepfunctions update-state-machine --logging-configuration), and let the role of the state machine write there.',
  },
});
