import type { IdsIn } from '../../model/resource-type.ts';
import { account } from '../../services/account.ts';
import { textsAt } from '../ids.ts';
import { accountWide } from './wide.ts';

/**
 * The account that a call is of: the caller's own, or one of the organization that it names. Of another contact than the
 * one for security it is none; where the record does not say which, it can be that one.
 */
const ofAccount: IdsIn = (detail, own) => {
  const kinds = textsAt(detail, 'requestParameters', 'alternateContactType');
  if (kinds.length > 0 && !kinds.includes('SECURITY')) return [];
  const named = textsAt(detail, 'requestParameters', 'accountId');
  return named.length === 0 || named.includes(own) ? [own] : [];
};

/** Whom AWS turns to about the account. Of the people nothing is kept but whether there is somebody. */
export const accountContacts = accountWide({
  type: 'Plumbline::Contacts::Account',
  announcements: [
    {
      via: 'cloudtrail',
      source: account.eventSource,
      calls: { PutAlternateContact: ['security'], DeleteAlternateContact: ['security'] },
      idsIn: ofAccount,
    },
  ],
  facets: {
    /** Whether there is a contact for security; `undefined` where there is none. */
    security: {
      actions: ['account:GetAlternateContact'],
      absent: ['ResourceNotFoundException'],
      read: async (reader) => {
        const asked = { AlternateContactType: 'SECURITY' } as const;
        const { AlternateContact } = await reader.call('account', 'getAlternateContact', asked);
        return AlternateContact && { isSet: true };
      },
    },
  },
});
