import { everyAccount } from '../../engine/baseline/exemption.ts';
import { isUnitId } from '../../engine/baseline/organization.ts';
import { UserError } from '../../support/user-error.ts';
import { partsOf } from '../arguments.ts';

/** The options by which a command looks at other accounts than that of the credentials. */
export const accountsOptions = {
  account: { type: 'string', multiple: true },
  organization: { type: 'boolean', default: false },
  'organizational-unit': { type: 'string', multiple: true },
  role: { type: 'string' },
  'external-id': { type: 'string' },
} as const;

export const accountsUsage = `Of which accounts. Without these options that of the credentials:
  --account <list>        these accounts, by their ids; all for those that the baseline governs
  --organization          every active account of the organization, or those of --account among
                          them; needs --role, and nothing that is deployed
  --organizational-unit <list>
                          only those in these units, and in the units below; without the two
                          options above those that the baseline governs there
  --role <name>           the role that is assumed in each; else Plumbline-Read, which the
                          operators of the baseline may assume
  --external-id <text>    what that role asks for`;

/** Which accounts somebody asks for, and by which role. */
export interface AccountsAsked {
  /** By id; `all` alone for those that the baseline governs. None where only the organization is named. */
  readonly accounts: readonly string[];
  readonly isOrganization: boolean;
  /** By id: accounts in these units and below, and no others. @default [] - whichever they are in */
  readonly units: readonly string[];
  readonly role?: string;
  readonly externalId?: string;
}

const checkId = (id: string): void => {
  if (id === everyAccount || /^\d{12}$/.test(id)) return;
  throw new UserError(
    id === ''
      ? '--account is empty; give ids such as 444455556666, or all'
      : `--account is ${id}; allowed: the 12 digits of an account, or all`,
  );
};

const checkUnit = (id: string): void => {
  if (!isUnitId(id))
    throw new UserError(`--organizational-unit is ${id}; give ids such as ou-ab12-11111111`);
};

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html; a path may come before the name.
const roleName = /^(?:[\w+=,.@-]{1,64}\/)*[\w+=,.@-]{1,64}$/;
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
const externalIdText = /^[\w+=,.@:/-]{2,1224}$/;

interface Said {
  readonly account?: string[] | undefined;
  readonly organization: boolean;
  readonly 'organizational-unit'?: string[] | undefined;
  readonly role?: string | undefined;
  readonly 'external-id'?: string | undefined;
}

const checkRole = ({ role, 'external-id': externalId }: Said): void => {
  if (role !== undefined && !roleName.test(role))
    throw new UserError(`--role is ${role}; give a name such as SecurityAudit, and no ARN`);
  if (externalId === undefined) return;
  if (role === undefined)
    throw new UserError('--external-id goes with --role: Plumbline-Read has its own');
  if (!externalIdText.test(externalId))
    throw new UserError(
      `--external-id is ${externalId}; it has 2 to 1,224 letters, digits or any of +=,.@:/-`,
    );
};

/** What the options say; `undefined` where none of them is given. Throws a sentence where they do not go together. */
export const accountsAsked = (said: Said): AccountsAsked | undefined => {
  const { organization: isOrganization, role, 'external-id': externalId } = said;
  const accounts = [...new Set(partsOf(said.account))];
  const units = [...new Set(partsOf(said['organizational-unit']))];
  accounts.forEach(checkId);
  units.forEach(checkUnit);
  checkRole(said);
  if (accounts.length > 1 && accounts.includes(everyAccount))
    throw new UserError('--account all is every account: name no other beside it');
  if (isOrganization && role === undefined)
    throw new UserError(
      '--organization needs --role: the name of a role that each account has, and that lets you in',
    );
  if (isOrganization && accounts.includes(everyAccount))
    throw new UserError('--organization is every account already: leave --account all out');
  if (accounts.length === 0 && units.length === 0 && !isOrganization) {
    if (role === undefined) return undefined;
    throw new UserError(
      '--role goes with --account, --organizational-unit or --organization: say in which accounts',
    );
  }
  return {
    accounts: accounts.length === 0 && !isOrganization ? [everyAccount] : accounts,
    isOrganization,
    units,
    ...(role === undefined ? {} : { role }),
    ...(externalId === undefined ? {} : { externalId }),
  };
};
