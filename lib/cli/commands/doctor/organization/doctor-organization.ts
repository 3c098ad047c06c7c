import { sdkClients } from '../../../../aws/clients.ts';
import type { Baseline } from '../../../../engine/baseline/baseline.ts';
import {
  type AccountKnown,
  endedIn,
  isChangedElsewhere,
} from '../../../../engine/baseline/organization.ts';
import { paint } from '../../../../reports/paint.ts';
import { countsOf } from '../../../../support/groups.ts';
import { printedJson } from '../../../../support/printed-json.ts';
import { ofPlaces } from '../../../accounts/of-accounts.ts';
import type { ExitCode } from '../../../command.ts';
import { endpointUrl } from '../../../environment.ts';
import { exitCodeOf } from '../../../output/tally.ts';
import { lookAtAdministrator } from './administrator.ts';
import type { PlaceState, Status } from './place-state.ts';
import { type Looked, lookAtPlaces } from './places.ts';
import { placesText } from './places-text.ts';

interface Asked {
  readonly stack: string;
  readonly baseline: Baseline;
  readonly json: boolean;
  /** Each line, however many there are. */
  readonly isAll: boolean;
  readonly of: Omit<Parameters<typeof ofPlaces>[0], 'region'> & {
    readonly region?: readonly string[] | undefined;
  };
}

/** What is said of the organization as a whole. */
interface Said {
  readonly check: 'accounts' | 'ended' | 'securityHub' | 'stackSets';
  readonly status: Status;
  readonly sentence: string;
}

const mark: Readonly<Record<Status, string>> = {
  PASS: paint.green('ok     '),
  FAIL: paint.red('OFF    '),
  UNKNOWN: paint.yellow('unknown'),
  NOT_APPLICABLE: paint.dim('n/a    '),
};

/** Accounts are listed each hour. */
const listedWithinMs = 2 * 3_600_000;

const listingOf = ({ baseline, roster, now }: Looked): readonly Said[] => {
  if (!baseline.organization) return [];
  const check = 'accounts';
  if (!roster)
    return [
      {
        check,
        status: 'UNKNOWN',
        sentence: `the accounts of ${baseline.organization.id} were not listed yet: the first listing is made within a quarter of an hour of deploying`,
      },
    ];
  if (roster.organization !== baseline.organization.id)
    return [
      {
        check,
        status: 'UNKNOWN',
        sentence: `Plumbline has listed ${roster.organization}, and the baseline names ${baseline.organization.id}: deploy it again`,
      },
    ];
  const isLate = now.getTime() - Date.parse(roster.listedAt) > listedWithinMs;
  const listed = `the accounts of ${roster.organization} were listed at ${roster.listedAt}`;
  return [
    isLate
      ? {
          check,
          status: 'FAIL',
          sentence: `${listed}, and are to be each hour: who came since is not governed. See what the function Sweep says`,
        }
      : { check, status: 'PASS', sentence: listed },
  ];
};

const endedText = ({ id, name, state, endedAt }: AccountKnown): string =>
  `account ${id}${name === '' ? '' : ` ${name}`} is ${state.toLowerCase().replaceAll('_', ' ')}, since ${endedAt} or shortly before: name it in exclude once you know why`;

const endedOf = (
  { baseline: { organization }, roster, hub }: Looked,
  isShown: (where: { readonly account: string }) => boolean,
): readonly Said[] =>
  organization && roster
    ? endedIn(organization, roster, hub)
        .filter(({ id }) => isShown({ account: id }))
        .map((one) => ({ check: 'ended', status: 'FAIL', sentence: endedText(one) }))
    : [];

/** Of what could not be looked up of StackSets nothing depends: what they are to make is known by what it does. */
const unknownInstances = ({ instancesUnknown }: Looked): readonly Said[] =>
  instancesUnknown === undefined
    ? []
    : [{ check: 'stackSets', status: 'NOT_APPLICABLE', sentence: instancesUnknown }];

const securityHubOf = async ({ hub, baseline }: Looked): Promise<readonly Said[]> => {
  if (!baseline.organization) return [];
  const check = 'securityHub';
  if (!isChangedElsewhere(baseline))
    return [
      {
        check,
        status: 'NOT_APPLICABLE',
        sentence:
          'nothing is put right in other accounts, so that no custom action is chosen for their findings',
      },
    ];
  const endpoint = endpointUrl();
  const region = baseline.homeRegion;
  const clients = sdkClients({ region, ...(endpoint === undefined ? {} : { endpoint }) });
  return [{ check, ...(await lookAtAdministrator(hub, clients)) }];
};

const codeOf = (statuses: readonly { readonly status: Status }[]): ExitCode => {
  const counts = countsOf(statuses.map(({ status }) => status));
  return exitCodeOf({ failed: counts.get('FAIL') ?? 0, unknown: counts.get('UNKNOWN') ?? 0 });
};

const shown = (places: readonly PlaceState[], said: readonly Said[], isAll: boolean): string =>
  [
    ...placesText(places, isAll),
    ...said.map(({ status, sentence }) => `${mark[status]}  ${sentence}`),
  ].join('\n');

/** Says how every governed region of every account stands, and why not well. */
export const doctorOrganization = async ({
  stack,
  baseline: written,
  json,
  isAll,
  of,
}: Asked): Promise<ExitCode> => {
  const looked = await lookAtPlaces(stack, written);
  const { hub: account, baseline, roster, places: all } = looked;
  const isShown = ofPlaces(of, { stack: { account }, baseline, roster });
  const places = all.filter(isShown);
  const said = [
    ...listingOf(looked),
    ...endedOf(looked, isShown),
    ...unknownInstances(looked),
    ...(await securityHubOf(looked)),
  ];
  console.log(json ? printedJson({ places, organization: said }) : shown(places, said, isAll));
  return codeOf([...places, ...said]);
};
