import { defineControl, failUntil, notApplicable, pass, passUntil } from '../../model/control.ts';
import { instance } from '../../resources/ec2/instance.ts';

const minuteMs = 60_000;
/** An agent "might take up to 30 minutes" to have the credentials of a role that it was given. */
const startingMs = 30 * minuteMs;
/** Nothing announces that an agent registers, or falls silent. */
const againMs = 6 * 60 * minuteMs;

export const instanceIsManaged = defineControl(instance, {
  id: 'SSM.1',
  title: 'Amazon EC2 instances should be managed by AWS Systems Manager',
  severity: 'MEDIUM',
  rationale:
    'What Systems Manager does not reach is in no inventory, is not patched by it, and is entered over ports and keys instead.',
  standards: {
    'fsbp-1.0.0': ['SSM.1'],
    'nist-800-53-r5': [
      'CA-9(1)',
      'CM-2',
      'CM-2(2)',
      'CM-8',
      'CM-8(1)',
      'CM-8(2)',
      'CM-8(3)',
      'SA-15(2)',
      'SA-15(8)',
      'SA-3',
      'SI-2(3)',
    ],
  },
  needs: ['instance', 'agent'],
  // AWS Config's rule fails what runs while its agent does not, and never what is stopped:
  // https://docs.aws.amazon.com/config/latest/developerguide/ec2-instance-managed-by-systems-manager.html
  evaluate({ instance: { state, startedAt }, agent }, { at }) {
    if (state !== 'running') return notApplicable('the instance does not run');
    if (agent?.ping === 'Online') return pass;
    const due = Date.parse(startedAt ?? '') + startingMs;
    if (at.getTime() < due) return passUntil(new Date(due));
    const reason = agent?.ping
      ? 'the agent of Systems Manager on the instance has lost its connection'
      : 'no agent of Systems Manager on the instance has registered';
    return failUntil(new Date(at.getTime() + againMs), reason, [
      { path: 'agent.ping', actual: agent?.ping ?? 'not registered', expected: 'Online' },
    ]);
  },
  remediation: {
    advice:
      'Give the instance a profile whose role has AmazonSSMManagedInstanceCore, or turn Default Host Management on, let it reach the endpoints of Systems Manager, and install the agent where the image lacks it.',
  },
});
