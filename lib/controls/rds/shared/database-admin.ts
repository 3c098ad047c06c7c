import { fail, pass, unknown, type Verdict } from '../../../model/control.ts';
import { strings } from '../../../model/parameters.ts';

// What the console proposes, by engine.
const defaults = ['admin', 'postgres'];

/** AWS Config's parameter of the same name. */
export const validAdminUserNames = strings({
  default: [],
  allowed:
    'user names other than admin and postgres; any other name is valid where the list is empty',
  pattern: /^(?!(admin|postgres)$)/i,
});

/** Passes for a name that nobody guesses, and that the baseline names where it names any. */
export const evaluateAdminName = (
  path: string,
  name: string | undefined,
  valid: readonly string[],
): Verdict => {
  if (name === undefined) return unknown('RDS does not name the administrator');
  const isDefault = defaults.includes(name.toLowerCase());
  if (!isDefault && (valid.length === 0 || valid.includes(name))) return pass;
  return fail(
    isDefault
      ? `the administrator has the default name ${name}`
      : `the administrator's name ${name} is not a valid one`,
    [{ path, actual: name, expected: valid.length === 0 ? 'a name of your own' : valid }],
  );
};
