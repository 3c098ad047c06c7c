import { isActive, isUnder, isUnitId } from '../../../engine/baseline/organization.ts';
import type { Recorded } from '../../../reports/compliance/record.ts';
import { plural } from '../../../support/plural.ts';
import { UserError } from '../../../support/user-error.ts';
import type { NamedInstallation } from '../../installed-named.ts';

/** Ids of organizational units or roots; throws a sentence where one is none. */
export const unitsNamed = (values: readonly string[]): readonly string[] => {
  const wrong = values.find((one) => !isUnitId(one));
  if (wrong === undefined) return values;
  throw new UserError(
    `--organizational-unit is ${wrong}; give the id of a unit or root, such as ou-ab12-11111111`,
  );
};

/** The active accounts in units, and in the units below; throws a sentence where the installation knows of none. */
export const accountsUnder = (
  units: readonly string[],
  { stack, baseline, roster }: Pick<NamedInstallation, 'stack' | 'baseline' | 'roster'>,
): readonly string[] => {
  if (!baseline.organization)
    throw new UserError(
      `--organizational-unit is of an installation that governs an organization, and the baseline of ${stack} names none: name accounts by --account`,
    );
  if (!roster)
    throw new UserError(`the stack ${stack} has not listed the accounts of its organization yet`);
  for (const unit of units)
    if (!roster.accounts.some(({ path }) => path.includes(unit)))
      throw new UserError(
        `${stack} knows no account in ${unit}, as it listed them last at ${roster.listedAt}`,
      );
  return roster.accounts.filter((one) => isActive(one) && isUnder(one, units)).map(({ id }) => id);
};

/** Records of accounts in units alone, the first of which says so. */
export const inUnits = (
  units: readonly string[],
  records: readonly Recorded[],
  installed: Pick<NamedInstallation, 'stack' | 'baseline' | 'roster'>,
): readonly Recorded[] => {
  const accounts = accountsUnder(units, installed);
  const wanted = records.filter(({ account }) => accounts.includes(account));
  if (wanted.length === 0)
    throw new UserError(`nothing is known of any account in ${units.join(', ')}`);
  const known = wanted.map(({ account }) => account);
  return wanted.map((record, index) =>
    index === 0
      ? { ...record, gaps: [...(record.gaps ?? []), ...unitsText(units, accounts, known)] }
      : record,
  );
};

/** What is told of the choice: accounts of the units of which nothing is known are no clean ones. */
export const unitsText = (
  units: readonly string[],
  accounts: readonly string[],
  known: readonly string[],
): readonly string[] => {
  const dark = accounts.filter((id) => !known.includes(id));
  return [
    `Only accounts of ${units.join(', ')} and of the units below: ${accounts.join(', ')}.`,
    ...(dark.length > 0
      ? [`Of ${plural(dark.length, 'account')} there nothing is known: ${dark.join(', ')}.`]
      : []),
  ];
};
