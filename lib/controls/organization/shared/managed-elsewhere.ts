import { notApplicable, type Snapshot } from '../../../model/control.ts';
import type { organization } from '../../../resources/account/organization.ts';

/** Why an account is not asked what the one that manages its organization is. */
export const managedElsewhere = ({
  organization: found,
}: Snapshot<typeof organization, 'organization'>) =>
  notApplicable(
    found
      ? `account ${found.manager} manages the organization, and is asked`
      : 'the account is in no organization',
  );
