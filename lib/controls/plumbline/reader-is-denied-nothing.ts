import { defineControl, failUntil, notApplicable, pass } from '../../model/control.ts';
import { ownReader } from '../../resources/account/own-reader.ts';
import { plural } from '../../support/plural.ts';

const mostNamed = 5;
/** Rows are looked at in their own time: how many are held up is counted again while there are any. */
const countedAgainMs = 3_600_000;

export const readerIsDeniedNothing = defineControl(ownReader, {
  id: 'PL.BLIND.6',
  title: 'Plumbline should be denied nothing that it reads',
  severity: 'HIGH',
  rationale:
    'What an identity policy, a boundary or a service control policy denies its role cannot be evaluated on any resource.',
  standards: {},
  alarms: true,
  needs: ['denials'],
  evaluate({ denials }, { at }) {
    if (!denials) return notApplicable('Plumbline is not deployed in this region');
    if (denials.length === 0) return pass;
    const verdicts = denials.reduce((sum, one) => sum + one.verdicts, 0);
    const named = denials
      .slice(0, mostNamed)
      .map(({ what, by }) => (by ? `${what} (${by})` : what));
    const more = denials.length > mostNamed ? ` and ${denials.length - mostNamed} more` : '';
    return failUntil(
      new Date(at.getTime() + countedAgainMs),
      `its role may not read ${named.join(', ')}${more}; that holds up ${plural(verdicts, 'verdict')}`,
      denials.map(({ what, by, resources, such, ...one }) => ({
        path: `denials[${what}]`,
        actual: `denied${by ? ` by ${by}` : ''}: verdicts ${one.verdicts}, resources ${resources}, such as ${such}`,
        expected: 'allowed',
      })),
    );
  },
  remediation: {
    advice:
      'Take the Deny, or the missing Allow, out of what the evidence names: a service control policy, a permissions boundary, or a policy of the role. What is held up is read again by the next event or the daily sweep.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
  },
});
