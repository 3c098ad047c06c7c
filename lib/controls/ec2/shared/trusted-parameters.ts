import { strings } from '../../../model/parameters.ts';

/** With whom the account may share beside itself. */
export const trustedParameters = {
  trustedAccounts: strings({
    default: [],
    allowed: 'account numbers of 12 digits, in quotes',
    pattern: /^\d{12}$/,
  }),
  trustedOrganizations: strings({
    default: [],
    allowed: 'ids of organizations, as o-a1b2c3d4e5',
    pattern: /^o-[a-z0-9]{10,32}$/,
  }),
};
