import { asRecord, list } from '../../../lib/support/untyped.ts';
import type { Effects } from './effects.ts';

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/
export const ssm: Effects = {
  modifyDocumentPermission: (snapshot, { AccountIdsToAdd, AccountIdsToRemove, ...asked }) => {
    const sharing = asRecord(snapshot['sharing']);
    const versions = { ...asRecord(sharing['versions']) };
    for (const id of list(AccountIdsToRemove)) delete versions[String(id)];
    for (const id of list(AccountIdsToAdd))
      versions[String(id)] = asked['SharedDocumentVersion'] ?? '$DEFAULT';
    const isPublic =
      list(AccountIdsToAdd).includes('all') ||
      (sharing['isPublic'] === true && !list(AccountIdsToRemove).includes('all'));
    return { ...snapshot, sharing: { ...sharing, isPublic, versions } };
  },
  updateServiceSetting: (snapshot, { SettingValue }) => ({
    ...snapshot,
    publicSharing: { value: SettingValue, isDefault: false },
  }),
  resetServiceSetting: (snapshot) => ({
    ...snapshot,
    publicSharing: { value: 'Enable', isDefault: true },
  }),
};
