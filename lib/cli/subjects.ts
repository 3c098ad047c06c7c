import type { Baseline } from '../engine/baseline/baseline.ts';
import { successorsOf } from '../engine/posture/former-types.ts';
import { hostControls } from '../hosts/index.ts';
import type { Control } from '../model/control.ts';
import { hostInstance } from '../pipeline/hosts/host-instance.ts';
import type { Subject } from '../pipeline/scan/scan-resource.ts';
import { resourceTypes } from '../resources/every.ts';
import { didYouMean } from '../support/nearest.ts';
import { UserError } from '../support/user-error.ts';
import { controlNamed } from './control-named.ts';

export interface Selection {
  readonly controls: readonly string[];
  readonly resourceTypes: readonly string[];
}

/** The control of this id, which the baseline enables; else a sentence. */
export const enabledNamed = (all: readonly Control[], baseline: Baseline, id: string): Control => {
  const control = controlNamed(all, id);
  if (Object.hasOwn(baseline.controls, control.id)) return control;
  throw new UserError(`the baseline does not enable ${control.id}`);
};

const onlyOnHosts = (what: string): UserError =>
  new UserError(
    `${what} is evaluated by what hosts answer to their audits, not from here: its findings are in Security Hub`,
  );

/** The control of this id that is evaluated by reading the account. */
const readNamed = (all: readonly Control[], baseline: Baseline, id: string): Control => {
  const onHost = hostControls.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (onHost) throw onlyOnHosts(onHost.id);
  return enabledNamed(all, baseline, id);
};

const checkType = (type: string, known: readonly string[]): void => {
  if (known.includes(type)) return;
  if (type === hostInstance.type) throw onlyOnHosts(type);
  const hint = didYouMean(type, known, `allowed: ${known.join(', ')}`);
  throw new UserError(`no control evaluates ${type}; ${hint}`);
};

/** The resource types that are to be evaluated, each with its enabled controls; all of them where nothing is named. */
export const subjectsOf = (
  all: readonly Control[],
  baseline: Baseline,
  wanted: Selection,
): readonly Subject[] => {
  const enabled =
    wanted.controls.length > 0
      ? wanted.controls.map((id) => readNamed(all, baseline, id))
      : all.filter(({ id }) => Object.hasOwn(baseline.controls, id));
  const subjects = resourceTypes
    .map((type) => ({
      type,
      controls: enabled.filter(({ resources }) =>
        resources.some((each) => each.type === type.type),
      ),
    }))
    .filter(({ controls }) => controls.length > 0);
  const named = wanted.resourceTypes.flatMap(successorsOf);
  for (const type of named)
    checkType(
      type,
      subjects.map((each) => each.type.type),
    );
  return named.length > 0 ? subjects.filter(({ type }) => named.includes(type.type)) : subjects;
};
