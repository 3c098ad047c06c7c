import { defineControl, fail, pass, propose, type Snapshot } from '../../model/control.ts';
import { vpc } from '../../resources/ec2/vpc.ts';

type FlowLog = Snapshot<typeof vpc, 'flowLogs'>['flowLogs'][number];

/** Security Hub asks for rejected traffic; a log of all has it too. */
const faultOf = ({ status, traffic, trouble }: FlowLog): string | undefined => {
  if (status !== 'ACTIVE') return `status ${status}`;
  if (traffic === 'ACCEPT') return 'accepted traffic alone';
  // What is rate limited comes late; what is refused never comes.
  return trouble === 'Access error' ? 'not delivered: Access error' : undefined;
};

export const vpcLogsFlows = defineControl(vpc, {
  id: 'EC2.6',
  title: 'VPC flow logging should be enabled in all VPCs',
  severity: 'MEDIUM',
  rationale: 'Without flow logs nobody can say afterwards who connected to what, or what left.',
  standards: {
    'fsbp-1.0.0': ['EC2.6'],
    'cis-aws-1.4.0': ['3.9'],
    'cis-aws-3.0.0': ['3.7'],
    'cis-aws-5.0.0': ['3.7'],
    'nist-800-53-r5': [
      ...['AC-4(26)', 'AU-12', 'AU-2', 'AU-3', 'AU-6(3)', 'AU-6(4)', 'CA-7', 'SI-7(8)'],
    ],
  },
  needs: ['flowLogs'],
  evaluate({ flowLogs }) {
    const faults = flowLogs.map((log) => ({ log, fault: faultOf(log) }));
    if (faults.some(({ fault }) => fault === undefined)) return pass;
    const expected = 'a flow log of rejected or of all traffic';
    if (faults.length === 0)
      return fail('the VPC has no flow log', [{ path: 'flowLogs', actual: [], expected }]);
    return fail(
      'no flow log of the VPC records rejected traffic',
      faults.map(({ log, fault = '' }) => ({
        path: `flowLogs[${log.id}]`,
        actual: fault,
        expected,
      })),
    );
  },
  remediation: {
    advice:
      'Create a flow log of the VPC, of rejected or of all traffic, to a bucket or a log group.',
    grants: [],
    plan: () =>
      propose('where the flows are to be written, and for how long, is for a person to say'),
  },
});
