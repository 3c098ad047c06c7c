import { defineControl, fail, notApplicable, passUntil, unknown } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { instance } from '../../resources/ec2/instance.ts';
import { plural } from '../../support/plural.ts';

const dayMs = 86_400_000;

/** When it stopped: "User initiated (2026-06-15 12:00:05 GMT)"; AWS says it nowhere else. */
const stoppedAt = (transition: string | undefined): number => {
  const [, day, time] =
    /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:GMT|UTC)\)/.exec(transition ?? '') ?? [];
  return Date.parse(`${day}T${time}Z`);
};

export const stoppedInstanceIsRemoved = defineControl(instance, {
  id: 'EC2.4',
  title: 'Stopped EC2 instances should be removed after a specified time period',
  severity: 'MEDIUM',
  rationale:
    'What has not run for long is not updated, and is as vulnerable as on its last day when it starts again.',
  standards: { 'fsbp-1.0.0': ['EC2.4'], 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'] },
  needs: ['instance'],
  parameters: { AllowedDays: integer({ default: 30, min: 1, max: 365 }) },
  evaluate({ instance: { state, transition } }, { parameters: { AllowedDays }, at }) {
    if (state !== 'stopped') return notApplicable('the instance is not stopped');
    const since = stoppedAt(transition);
    if (Number.isNaN(since)) return unknown('EC2 does not say when the instance was stopped');
    const due = since + AllowedDays * dayMs;
    if (at.getTime() < due) return passUntil(new Date(due));
    return fail('the instance has been stopped for longer than is allowed', [
      {
        path: 'instance.transition',
        actual: new Date(since).toISOString(),
        expected: `stopped for less than ${plural(AllowedDays, 'day')}`,
      },
    ]);
  },
  remediation: {
    advice: 'Take an image of the instance where it may be needed again, and terminate it.',
  },
});
