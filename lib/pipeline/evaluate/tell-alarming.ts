import { failureNotice } from '../../engine/findings/failure-notice.ts';
import { hiddenNotice, untoldHidden } from '../../engine/findings/hidden-notice.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { Runtime } from '../runtime/runtime.ts';

type Notify = NonNullable<Runtime['notify']>;

/** Of what began to fail and alarms. */
const tellFailed = async (row: ResourceRow, notify: Notify, runtime: Runtime): Promise<void> => {
  const { unrecorded = [] } = row;
  const failed = unrecorded.filter(({ to }) => to === 'FAIL');
  if (failed.length === 0) return;
  const controls = await runtime.controlsOf(row.type);
  for (const control of controls.filter(({ alarms }) => alarms)) {
    const found = row.controls[control.id];
    if (!found || !failed.some(({ controlId }) => controlId === control.id)) continue;
    const { subject, message } = failureNotice(control, row, found);
    await notify(subject, message);
  }
};

/**
 * Tells people of what cannot wait: what began to fail and alarms, and what somebody hides from us. Told again where it
 * is not known that they were told.
 * @returns the controls that they were told to be hidden
 */
export const tellAlarming = async (
  row: ResourceRow,
  runtime: Runtime,
): Promise<readonly string[]> => {
  const { notify } = runtime;
  if (!notify) return [];
  await tellFailed(row, notify, runtime);
  const hidden = untoldHidden(row);
  if (hidden.length === 0) return [];
  const { subject, message } = hiddenNotice(row, hidden);
  await notify(subject, message);
  return hidden.map(([id]) => id);
};
