/** Among `trustedAccounts`: the accounts that the baseline governs. */
const governedWord = 'governed';

type ParameterValues = Readonly<Record<string, unknown>>;
const trusted = 'trustedAccounts';

/** The parameters with these accounts among the trusted ones, where it has such a list. */
export const trusting = (
  parameters: ParameterValues,
  accounts: readonly string[],
): ParameterValues => {
  const named: unknown = parameters[trusted];
  if (!Array.isArray(named) || accounts.every((one) => named.includes(one))) return parameters;
  return { ...parameters, [trusted]: [...new Set([...named, ...accounts])] };
};

/** The same where the list says `governed`, with the accounts that are governed now. */
export const trustingGoverned = (
  parameters: ParameterValues,
  accounts: readonly string[] = [],
): ParameterValues => {
  const named: unknown = parameters[trusted];
  return Array.isArray(named) && named.includes(governedWord)
    ? trusting(parameters, accounts)
    : parameters;
};

/** All controls, each as it counts with the accounts that are governed now. */
export const controlsTrusting = <Enabled extends { readonly parameters: ParameterValues }>(
  controls: Readonly<Record<string, Enabled>>,
  accounts: readonly string[],
): Readonly<Record<string, Enabled>> =>
  Object.fromEntries(
    Object.entries(controls).map(([id, one]) => [
      id,
      { ...one, parameters: trustingGoverned(one.parameters, accounts) },
    ]),
  );
