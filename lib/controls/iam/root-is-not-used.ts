import { defineControl, failUntil, pass, unknown } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { plural } from '../../support/plural.ts';
import { daysAfter } from './shared/credentials.ts';

// What the credential report writes for what was never used, is not there, or, of the password, was last used before
// October 2014: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
const never = ['N/A', 'no_information', 'not_supported'];

const isNever = (text: string): boolean => never.includes(text);

export const rootIsNotUsed = defineControl(iamAccount, {
  id: 'PL.IAM.8',
  title: 'The root user should not be used',
  severity: 'HIGH',
  rationale:
    'Nothing limits the root user, and where it works every day nobody notices the day on which it is a stranger.',
  standards: {
    'cis-aws-1.4.0': ['1.7'],
    'cis-aws-3.0.0': ['1.7'],
    'cis-aws-5.0.0': ['1.6'],
  },
  needs: ['rootUse'],
  // The report is up to four hours old, and is looked at once a day: of a shorter time a day would be missed.
  parameters: { quietDays: integer({ default: 7, min: 2, max: 365 }) },
  evaluate({ rootUse }, { at, parameters: { quietDays } }) {
    const uses = [
      { name: 'its password', path: 'rootUse.password', text: rootUse.password },
      { name: 'its first access key', path: 'rootUse.firstKey', text: rootUse.firstKey },
      { name: 'its second access key', path: 'rootUse.secondKey', text: rootUse.secondKey },
    ]
      .filter(({ text }) => !isNever(text))
      .map((use) => ({ ...use, usedAt: new Date(use.text) }));
    const recent = uses.filter(({ usedAt }) => daysAfter(usedAt, quietDays) > at);
    const unreadable = uses.find(({ usedAt }) => Number.isNaN(usedAt.getTime()));
    if (recent.length === 0)
      return unreadable
        ? unknown(`the credential report does not say when ${unreadable.name} was last used`)
        : pass;
    const last = Math.max(...recent.map(({ usedAt }) => usedAt.getTime()));
    return failUntil(
      daysAfter(new Date(last), quietDays),
      `the root user used ${recent.map(({ name }) => name).join(' and ')} in the last ${plural(quietDays, 'day')}`,
      recent.map(({ path, usedAt }) => ({
        path,
        actual: usedAt.toISOString(),
        expected: `not for ${plural(quietDays, 'day')}`,
      })),
    );
  },
  remediation: {
    advice:
      'Do with a role what was done as root. What only root can do, AWS lists; for the root users of an organization, the management account can open a session for one such task.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html',
  },
});
