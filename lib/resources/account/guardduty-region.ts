import type { Condition, DetectorFeatureConfigurationResult } from '@aws-sdk/client-guardduty';
import type { Reader } from '../../model/resource-type.ts';
import { guardduty } from '../../services/guardduty.ts';
import { gathered } from '../gathered.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

interface Feature {
  readonly isOn: boolean;
  /** Where GuardDuty sets its agents up by itself. */
  readonly agents: readonly string[];
}
/** What GuardDuty does beside its foundation, by its name. */
const featuresIn = (
  features: readonly DetectorFeatureConfigurationResult[],
): Readonly<Record<string, Feature>> =>
  Object.fromEntries(
    features.map(({ Name = '', Status, AdditionalConfiguration = [] }) => [
      Name,
      {
        isOn: Status === 'ENABLED',
        agents: AdditionalConfiguration.flatMap((one) =>
          one.Status === 'ENABLED' ? (one.Name ?? []) : [],
        ).toSorted(),
      },
    ]),
  );

/** The account that decides here, where it is another one: a member can change nothing. */
const administratorOf = async (reader: Reader, DetectorId: string) => {
  const { Administrator } = await reader.call('guardduty', 'getAdministratorAccount', {
    DetectorId,
  });
  return Administrator?.AccountId;
};

/** An account has one at most in a region: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html */
const detectorIn = async (reader: Reader): Promise<string | undefined> => {
  const { DetectorIds: [id] = [] } = await reader.call('guardduty', 'listDetectors', {});
  return id;
};

/** A filter that archives what it matches: GuardDuty hands that over to nobody. */
export interface Suppression {
  readonly name: string;
  /** What a finding must be to match, by the name of its field; all of them count. */
  readonly criteria: Readonly<Record<string, Condition>>;
}
const readSuppressions = async (reader: Reader): Promise<readonly Suppression[]> => {
  const DetectorId = await detectorIn(reader);
  if (DetectorId === undefined) return [];
  const pages = reader.pages('guardduty', 'listFilters', { DetectorId });
  const suppressions: Suppression[] = [];
  for (const name of await gathered(pages, ({ FilterNames }) => FilterNames)) {
    const asked = { DetectorId, FilterName: name };
    const { Action, FindingCriteria } = await reader.call('guardduty', 'getFilter', asked);
    if (Action === 'ARCHIVE')
      suppressions.push({ name, criteria: FindingCriteria?.Criterion ?? {} });
  }
  return suppressions;
};

const readDetector = async (reader: Reader) => {
  const id = await detectorIn(reader);
  if (id === undefined) return undefined;
  const [{ Status, Features }, administrator] = await Promise.all([
    reader.call('guardduty', 'getDetector', { DetectorId: id }),
    administratorOf(reader, id),
  ]);
  return {
    id,
    administrator,
    /** `DISABLED` where it is suspended. */
    isOn: Status === 'ENABLED',
    /** By name, those that are off too; one that is missing is not offered in the region. */
    features: Features && featuresIn(Features),
  };
};

/** What GuardDuty keeps for an account in a region. */
export const guardDutyRegion = regionWide({
  type: 'Plumbline::GuardDuty::Region',
  unheard:
    'In a member of an organization the account that administers GuardDuty changes it, and CloudTrail records that in the account that administers: the next sweep sees it.',
  announcements: [
    {
      via: 'cloudtrail',
      source: guardduty.eventSource,
      calls: {
        CreateDetector: ['detector'],
        UpdateDetector: ['detector'],
        DeleteDetector: ['detector'],
        // They change who decides, and whoever decides then changes the rest without an event here.
        AcceptAdministratorInvitation: ['detector'],
        AcceptInvitation: ['detector'],
        DisassociateFromAdministratorAccount: ['detector'],
        DisassociateFromMasterAccount: ['detector'],
        CreateFilter: ['suppressions'],
        UpdateFilter: ['suppressions'],
        DeleteFilter: ['suppressions'],
      },
      idsIn: here,
    },
  ],
  facets: {
    /** The detector; nothing where there is none. */
    detector: {
      actions: [
        'guardduty:ListDetectors',
        'guardduty:GetDetector',
        'guardduty:GetAdministratorAccount',
      ],
      read: readDetector,
    },
    /** The filters that archive, of which a region has 100 at most. */
    suppressions: {
      actions: ['guardduty:ListDetectors', 'guardduty:ListFilters', 'guardduty:GetFilter'],
      read: readSuppressions,
    },
  },
});
