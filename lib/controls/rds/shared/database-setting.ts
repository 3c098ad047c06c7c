import { fail, pass, type Verdict } from '../../../model/control.ts';

/** What of this setting waits for the maintenance window or a restart, to be said after the reason of a FAIL. */
export const pendingNote = (
  database: { PendingModifiedValues?: object | undefined },
  name: string,
) => {
  const pending: unknown = Reflect.get(database.PendingModifiedValues ?? {}, name);
  return pending === undefined ? '' : ` (pending: ${String(pending)})`;
};

/** Passes where a switch is on by now; one that was turned on and waits is not. */
export const mustBeOn = <K extends string>(
  facet: 'instance' | 'cluster',
  database: { readonly [Name in K]?: boolean | undefined } & {
    PendingModifiedValues?: object | undefined;
  },
  name: K,
  reason: string,
): Verdict => {
  const actual = database[name];
  if (actual === true) return pass;
  return fail(`${reason}${pendingNote(database, name)}`, [
    { path: `${facet}.${name}`, actual: actual ?? null, expected: true },
  ]);
};
