import { fail, notApplicable, pass, unknown, type Verdict } from '../../../model/control.ts';
import type { ParametersInUse } from '../../../resources/rds/db-parameters.ts';

/** What one parameter must be. */
export interface Setting {
  readonly name: string;
  readonly expected: string;
  holds(value: string): boolean;
  /** Whether it holds where the group says nothing, by the engine's default. */
  readonly holdsByDefault: boolean;
}

/** Evaluates the parameters of a database that has a group of its own. */
export const evaluateParameters = (
  parameters: ParametersInUse | undefined,
  evaluate: (parameters: ParametersInUse) => Verdict,
): Verdict => {
  if (parameters?.cluster !== undefined)
    return notApplicable(`a member of ${parameters.cluster}, whose own parameter group decides`);
  return parameters ? evaluate(parameters) : unknown('its parameter group was not found');
};

/** Whether the group says so, or the engine where the group says nothing. */
export const isSet = ({ values }: ParametersInUse, setting: Setting): boolean => {
  const actual = values[setting.name];
  return actual === undefined ? setting.holdsByDefault : setting.holds(actual);
};

/**
 * Passes where the group says so and the group is in effect. RDS tells that of the whole group only: while
 * a reboot is pending, the value that the database runs with is not known, and that is no PASS. While RDS
 * is applying the group, which takes seconds, nothing is said: the database is evaluated again after it.
 */
export const evaluateSetting = (inUse: ParametersInUse, setting: Setting): Verdict => {
  const { group, statuses, values } = inUse;
  const { name, expected } = setting;
  if (!group) return unknown('RDS names no parameter group of it');
  const actual = values[name];
  if (!isSet(inUse, setting))
    return fail(
      actual === undefined ? `${group} does not set ${name}` : `${name} is ${actual} in ${group}`,
      [{ path: `parameters.values["${name}"]`, actual: actual ?? null, expected }],
    );
  const waiting = [...new Set(statuses.filter((status) => status !== 'in-sync'))];
  if (waiting.length === 0) return pass;
  if (waiting.every((status) => status === 'applying')) return unknown(`${group} is being applied`);
  return fail(`${group} sets ${name}, but is not known to be in effect: ${waiting.join(', ')}`, [
    { path: 'parameters.statuses', actual: statuses, expected: ['in-sync'] },
  ]);
};

/** All of several settings: a FAIL outweighs what is not known. */
export const evaluateSettings = (inUse: ParametersInUse, settings: readonly Setting[]): Verdict => {
  const verdicts = settings.map((setting) => evaluateSetting(inUse, setting));
  const failed = verdicts.find(({ status }) => status === 'FAIL');
  return failed ?? verdicts.find(({ status }) => status !== 'PASS') ?? pass;
};
