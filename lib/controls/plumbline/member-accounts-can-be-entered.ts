import { defineControl, failUntil, notApplicable, pass } from '../../model/control.ts';
import { memberAccount } from '../../resources/account/member.ts';
import { runAs } from '../../support/run-as.ts';

/** Nobody who is gone comes back by the hour. */
const endedAskedAgainMs = 24 * 3_600_000;
const endings: Readonly<Record<string, string>> = {
  SUSPENDED: 'is suspended by AWS',
  PENDING_CLOSURE: 'is being closed',
  CLOSED: 'is closed',
  LEFT: 'has left the organization, or is deleted',
};

/**
 * Who refuses, as far as STS says it: a policy that denies, or the role of the hub that may not ask. Of a role that is gone or trusts
 * otherwise it says no more than of an account that is closed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const denials: readonly (readonly [RegExp, string])[] = [
  [
    /explicit deny in a (service|resource) control policy/,
    'a policy of the organization denies it',
  ],
  [/explicit deny in a resource-based policy/, 'the trust policy of the role denies it'],
  [
    /explicit deny in an? (identity-based policy|permissions boundary|session policy|VPC endpoint policy)|because no (identity-based policy|permissions boundary|session policy|VPC endpoint policy) allows/,
    'the role of Plumbline in the hub may not ask for it',
  ],
];

interface Refused {
  readonly role: string;
  readonly refusal?: string | undefined;
}

/** Why roles of an account may not be assumed, in words; where one may, account, hub and external id are as they were. */
const whyRefused = (refused: readonly Refused[], all: number): string => {
  const said = refused.map(
    ({ refusal = '' }) => denials.find(([pattern]) => pattern.test(refusal))?.[1],
  );
  const [first] = said;
  if (first !== undefined && said.every((one) => one === first)) return first;
  return refused.length < all
    ? 'that role is gone, or trusts somebody else; another role of the same stack lets in'
    : 'the roles are gone or trust somebody else, ask for the external id of another hub, or the account is closed';
};

/** Nothing announces that a role in another account is put right. */
const askedAgainMs = 3_600_000;

export const memberAccountsCanBeEntered = defineControl(memberAccount, {
  id: 'PL.ACCOUNT.1',
  title: 'Plumbline should be able to enter the accounts that it governs',
  severity: 'HIGH',
  rationale:
    'Where the roles of an account are gone, or no longer trust Plumbline, nothing there is evaluated: what somebody changes then is not seen.',
  standards: {},
  alarms: true,
  onlyWithAccounts: true,
  needs: ['end', 'entry'],
  evaluate({ end, entry }, { ref, at }) {
    if (end) {
      const { state, name, at: since } = end;
      return failUntil(
        new Date(at.getTime() + endedAskedAgainMs),
        `account ${ref.id}, ${name || 'without a name'}, ${endings[state] ?? `is ${state}`} since ${since} or shortly before: what is known of it stays as it was`,
        [{ path: 'end.state', actual: state, expected: 'ACTIVE' }],
      );
    }
    if (!entry)
      return notApplicable(
        'the deployed stack does not name the account, or it is not Plumbline that looks',
      );
    const refused = entry.filter(({ refusal }) => refusal !== undefined);
    if (refused.length === 0) return pass;
    return failUntil(
      new Date(at.getTime() + askedAgainMs),
      `account ${ref.id} lets Plumbline not assume ${refused.map(({ role }) => role).join(' and ')}, since ${whyRefused(refused, entry.length)}: what is known of it stays as it was`,
      refused.map(({ role, refusal = '' }) => ({
        path: `entry[${role}]`,
        actual: refusal,
        expected: 'the role may be assumed',
      })),
    );
  },
  remediation: {
    advice: `Deploy in that account what ${runAs('member-template')} prints, or take the account out of the baseline; one that is closed or has left the organization is no longer told of after 90 days, or once exclude of the organization names it. AWS does not say whether the role is gone, trusts somebody else, or the account is closed: look there for who changed the stack or the roles.`,
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html',
  },
});
