import { didYouMean } from '../support/nearest.ts';
import { runAs } from '../support/run-as.ts';
import { UserError } from '../support/user-error.ts';

/** The control of this id, however it is written; a sentence where there is none. */
export const controlNamed = <C extends { readonly id: string }>(
  controls: readonly C[],
  id: string,
): C => {
  const control = controls.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (control) return control;
  const ids = controls.map((each) => each.id);
  throw new UserError(
    `there is no control ${id}; ${didYouMean(id, ids, `${runAs('controls')} lists them`)}`,
  );
};
