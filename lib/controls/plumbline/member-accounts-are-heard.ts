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

/** That which is looked at, and that of Plumbline. */
interface Accounts {
  readonly account: string;
  readonly hub: string;
}

/** What a region of an account does not bring to the bus of the hub, by the role that this admits. */
const deafness = (ears: Ears, { account, hub }: Accounts): readonly Evidence[] => {
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

/** What could not be brought, as the hub was away or the bus refused it, is lost where no queue of the region keeps it. */
const losses = (ears: Ears, { hub }: Accounts): readonly Evidence[] => {
  const { region, rules = [], queues = [] } = ears;
  const { busArn } = hubOf({ account: hub, region: homeRegionOf(region) });
  const bringing = rules.filter(
    ({ aims, state }) => state !== 'DISABLED' && aims.some(({ Arn }) => Arn === busArn),
  );
  const queueOf = ({ aims }: (typeof rules)[number]) =>
    aims.find(({ Arn }) => Arn === busArn)?.DeadLetterConfig?.Arn;
  return bringing
    .filter((rule) => !queues.some((arn) => arn === queueOf(rule)))
    .map((rule) => ({
      path: `ears[${region}].rules[${rule.name}].undelivered`,
      actual: queueOf(rule) ?? 'no queue',
      expected: 'a queue that is there',
    }));
};

const [notBrought, notKept] = [
  'does not bring all that changes in',
  'keeps nothing of what it cannot bring in',
];
const placed = (what: string, regions: readonly string[]): readonly string[] =>
  regions.length === 0 ? [] : [`${what} ${regions.join(', ')}`];

const list = '([a-z\\d-]+(?:, [a-z\\d-]+)*)';
const reasonForm = new RegExp(
  `^account \\d+ (?:${notBrought} ${list})?(?:; )?(?:${notKept} ${list})?(?::[^…]*)?$`,
);
/**
 * The regions that a reason names. The row is of all regions of the account, and its evidence is cut: `undefined` where the
 * reason was cut too, or says something else, so that it is of all of them.
 */
export const regionsNamedIn = (reason: string): readonly string[] | undefined =>
  reasonForm
    .exec(reason)
    ?.slice(1)
    .flatMap((named) => named?.split(', ') ?? []);

export const memberAccountsAreHeard = defineControl(memberAccount, {
  id: 'PL.ACCOUNT.2',
  title:
    'The rules that listen in another account, its ears, should tell Plumbline what changes there',
  severity: 'HIGH',
  rationale:
    'What the rules of an account no longer bring, or cannot bring while the hub is away, is not evaluated before the next sweep, and nobody is named for it.',
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
    const accounts = { account: ref.id, hub: ref.account };
    const found = (look: typeof deafness) =>
      ears
        .map((one) => ({ region: one.region, evidence: look(one, accounts) }))
        .filter(({ evidence }) => evidence.length > 0);
    const [deaf, losing] = [found(deafness), found(losses)];
    if (deaf.length + losing.length === 0) return passUntil(again);
    const regionsOf = (those: typeof deaf) => those.map(({ region }) => region);
    const what = [...placed(notBrought, regionsOf(deaf)), ...placed(notKept, regionsOf(losing))];
    const isHubDeaf = ears.some((one) => 'wanted' in one && one.wanted.length === 0);
    const why = isHubDeaf ? ': the hub has no rule there that says what is to be heard' : '';
    return failUntil(
      again,
      `account ${ref.id} ${what.join('; ')}${why}`,
      [...deaf, ...losing].flatMap(({ evidence }) => evidence),
    );
  },
  remediation: {
    advice: `Find out who changed the rules of the stack PlumblineMember in that account, or its queue, then deploy there, in each governed region, what ${runAs('member-template')} prints; so too after each release or baseline that listens to more, and in a region that the account enabled later. Of an organization ${runAs('doctor --organization')} prints the command for that.`,
    url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html',
  },
});
