import { securityHubNumbers } from '../controls/security-hub-ids.generated.ts';
import { didYouMean } from '../support/nearest.ts';
import { runAs } from '../support/run-as.ts';
import { UserError } from '../support/user-error.ts';

/** An id of Security Hub as it writes it, however it is written here; `undefined` of all else. */
const securityHubId = (id: string): string | undefined => {
  const [service = '', number = ''] = id.split('.');
  const found = Object.keys(securityHubNumbers).find(
    (name) => name.toLowerCase() === service.toLowerCase(),
  );
  const numbers = securityHubNumbers[found ?? '']?.split(' ') ?? [];
  return numbers.includes(number) ? `${found}.${number}` : undefined;
};

/** The control of this id, however it is written; a sentence where there is none. */
export const controlNamed = <C extends { readonly id: string }>(
  controls: readonly C[],
  id: string,
): C => {
  const control = controls.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (control) return control;
  const foreign = securityHubId(id);
  if (foreign !== undefined)
    throw new UserError(
      `${foreign} is a control of Security Hub that Plumbline does not have; ${runAs('controls')} lists those that it has`,
    );
  const ids = controls.map((each) => each.id);
  throw new UserError(
    `there is no control ${id}; ${didYouMean(id, ids, `${runAs('controls')} lists them`)}`,
  );
};
