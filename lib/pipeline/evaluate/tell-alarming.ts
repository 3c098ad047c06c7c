import { deploymentNotice } from '../../engine/findings/deployment-notice.ts';
import { failureNotice } from '../../engine/findings/failure-notice.ts';
import { hiddenNotice, untoldHidden } from '../../engine/findings/hidden-notice.ts';
import { untoldDeployments } from '../../engine/posture/deployed-by.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { Noted } from '../../engine/posture/row-version.ts';
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

/** Which controls people were told of. */
export type ToldAlarming = Required<Pick<Noted, 'toldHidden' | 'toldDeployed'>>;

/**
 * Tells people of what cannot wait: what began to fail and alarms, what somebody hides from us, and who deployed where
 * the baseline does not name who may. Told again where it is not known that they were told.
 */
export const tellAlarming = async (row: ResourceRow, runtime: Runtime): Promise<ToldAlarming> => {
  const { notify, baseline } = runtime;
  if (!notify) return { toldHidden: [], toldDeployed: [] };
  await tellFailed(row, notify, runtime);
  const hidden = untoldHidden(row);
  if (hidden.length > 0) {
    const { subject, message } = hiddenNotice(row, hidden);
    await notify(subject, message);
  }
  const deployed = untoldDeployments(row.controls, baseline);
  for (const [, event] of deployed) {
    const { subject, message } = deploymentNotice(row, event);
    await notify(subject, message);
  }
  return { toldHidden: hidden.map(([id]) => id), toldDeployed: deployed.map(([id]) => id) };
};
