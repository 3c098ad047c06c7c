import {
  defineControl,
  type Evidence,
  failUntil,
  notApplicable,
  passUntil,
  type Snapshot,
} from '../../model/control.ts';
import { memberAccount } from '../../resources/account/member.ts';
import { homeRegionOf } from '../../services/regions.ts';
import { runAs } from '../../support/run-as.ts';
import { hubOf, unheardOf } from './shared/ears.ts';

/** Nothing announces here what is done to the rules of another account, and a rule that is disabled tells nothing. */
const lookedAtAgainMs = 4 * 3_600_000;

type Ears = NonNullable<Snapshot<typeof memberAccount, 'ears'>['ears']>[number];

/** What a region of an account does not bring to the bus of the hub, by the role that this admits. */
const deafness = (ears: Ears, account: string, hub: string): readonly Evidence[] => {
  const { region } = ears;
  const expected = 'the rules may be looked at';
  if ('refusal' in ears) return [{ path: `ears[${region}]`, actual: ears.refusal, expected }];
  // What is enabled is announced in each governed region: the hub lost its rules, and with them what to compare with.
  if (ears.wanted.length === 0)
    return [{ path: `ears[${region}].wanted`, actual: 'none', expected: 'rules of the hub' }];
  const homeRegion = homeRegionOf(region);
  const { busArn } = hubOf({ account: hub, region: homeRegion });
  const { roleArn } = hubOf({ account, region: homeRegion });
  return unheardOf(ears.wanted, ears.rules, { homeRegion, busArn, roleArn }).map(
    ({ name, actual }) => ({
      path: `ears[${region}].wanted[${name}]`,
      actual,
      expected: `a rule with this pattern that brings events to ${busArn}`,
    }),
  );
};

export const memberAccountsAreHeard = defineControl(memberAccount, {
  id: 'PL.ACCOUNT.2',
  title: 'The ears of another account should bring to Plumbline what changes there',
  severity: 'HIGH',
  rationale:
    'What the rules of an account no longer bring is not evaluated before the next sweep, and nobody is named for it.',
  standards: {},
  alarms: true,
  onlyWithAccounts: true,
  needs: ['ears'],
  evaluate({ ears }, { ref, at }) {
    if (!ears)
      return notApplicable(
        'the deployed stack does not name the account, or it is not Plumbline that looks',
      );
    const again = new Date(at.getTime() + lookedAtAgainMs);
    const deaf = ears
      .map((one) => ({ region: one.region, evidence: deafness(one, ref.id, ref.account) }))
      .filter(({ evidence }) => evidence.length > 0);
    if (deaf.length === 0) return passUntil(again);
    const regions = deaf.map(({ region }) => region).join(', ');
    const isHubDeaf = ears.some((one) => 'wanted' in one && one.wanted.length === 0);
    const why = isHubDeaf ? ': the hub has no rule there that says what is to be heard' : '';
    return failUntil(
      again,
      `account ${ref.id} does not bring all that changes in ${regions}${why}`,
      deaf.flatMap(({ evidence }) => evidence),
    );
  },
  remediation: {
    advice: `Find out who changed the rules of the stack PlumblineMember in that account, then deploy there, in each governed region, what ${runAs('member-template')} prints; so too after each release or baseline that listens to more, and in a region that the account enabled later. Of an organization ${runAs('doctor --organization')} prints the command for that.`,
    url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html',
  },
});
