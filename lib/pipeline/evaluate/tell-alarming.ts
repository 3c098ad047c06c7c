import { failureNotice } from '../../engine/findings/failure-notice.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** Tells people of what began to fail and alarms. Told again where it is not known that they were told. */
export const tellAlarming = async (row: ResourceRow, runtime: Runtime): Promise<void> => {
  const { unrecorded = [] } = row;
  const failed = unrecorded.filter(({ to }) => to === 'FAIL');
  if (failed.length === 0 || !runtime.notify) return;
  const controls = await runtime.controlsOf(row.type);
  for (const control of controls.filter(({ alarms }) => alarms)) {
    const found = row.controls[control.id];
    if (!found || !failed.some(({ controlId }) => controlId === control.id)) continue;
    const { subject, message } = failureNotice(control, row, found);
    await runtime.notify(subject, message);
  }
};
