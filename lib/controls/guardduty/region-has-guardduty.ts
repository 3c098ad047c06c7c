import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { guardDutyRegion } from '../../resources/account/guardduty-region.ts';
import { decidedElsewhere, updatesDetector } from './shared/feature.ts';

export const regionHasGuardduty = defineControl(guardDutyRegion, {
  id: 'GuardDuty.1',
  title: 'GuardDuty should be enabled',
  severity: 'HIGH',
  rationale:
    'Stolen credentials and machines in foreign hands show by what they do, which nothing else looks for.',
  standards: {
    'fsbp-1.0.0': ['GuardDuty.1'],
    'nist-800-53-r5': [
      ...['AC-2(12)', 'AU-6(1)', 'AU-6(5)', 'CA-7', 'CM-8(3)', 'RA-3(4)', 'SA-11(1)', 'SA-11(6)'],
      ...['SA-15(2)', 'SA-15(8)', 'SA-8(19)', 'SA-8(21)', 'SA-8(25)', 'SC-5', 'SC-5(1)', 'SC-5(3)'],
      ...['SI-20', 'SI-3(8)', 'SI-4', 'SI-4(1)', 'SI-4(13)', 'SI-4(2)', 'SI-4(22)', 'SI-4(25)'],
      ...['SI-4(4)', 'SI-4(5)'],
    ],
    'pci-dss-4.0.1': ['11.5.1'],
  },
  needs: ['detector'],
  evaluate({ detector }) {
    if (detector?.isOn) return pass;
    return fail(detector ? 'GuardDuty is suspended here' : 'GuardDuty is not on here', [
      { path: 'detector.isOn', actual: detector?.isOn ?? null, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Turn GuardDuty on in every region that is governed, also where nothing runs: whoever has stolen credentials begins there.',
    grants: updatesDetector,
    plan({ detector }) {
      if (!detector)
        return propose('it takes a detector, of which nobody knows the id before it is made', [
          call('guardduty', 'createDetector', { Enable: true }),
        ]);
      const set = (Enable: boolean) =>
        call('guardduty', 'updateDetector', { DetectorId: detector.id, Enable });
      return (
        decidedElsewhere(detector) ?? {
          kind: 'calls',
          // AWS charges it by what it looks at.
          risk: 'disruptive',
          summary: 'resumes GuardDuty in the region',
          calls: [set(true)],
          undo: { calls: [set(false)], widensAccess: false },
        }
      );
    },
  },
});
