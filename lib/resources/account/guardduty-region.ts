import type { DetectorFeatureConfigurationResult } from '@aws-sdk/client-guardduty';
import type { Reader } from '../../model/resource-type.ts';
import { guardduty } from '../../services/guardduty.ts';
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

const readDetector = async (reader: Reader) => {
  // An account has one at most in a region: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
  const { DetectorIds: [id] = [] } = await reader.call('guardduty', 'listDetectors', {});
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
  },
});
