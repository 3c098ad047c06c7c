import type { Control } from '../../controls/control.ts';
import { keyOf } from '../../engine/change.ts';
import { evaluate, type FacetReadings } from '../../engine/evaluate.ts';
import type { Found } from '../../engine/next-row.ts';
import { type Judged, settingsHash } from '../../engine/row.ts';
import { aboutOf } from '../about.ts';
import type { Outcome } from '../batch.ts';
import { record } from '../record.ts';
import { tellCompliance } from './compliance.ts';
import { hostInstance } from './host-instance.ts';
import type { Hosts } from './hosts.ts';

export const refOf = (id: string, { engine: { place } }: Hosts) => ({
  account: place.account,
  region: place.region,
  id,
});

/** Judges controls on what a host says, or on what is known of it. */
export const judgedOn = (
  controls: readonly Control[],
  readings: FacetReadings,
  readAt: Date,
  host: string,
  hosts: Hosts,
): readonly Judged[] =>
  controls.map((control) => {
    const parameters = hosts.engine.baseline.controls[control.id]?.parameters ?? {};
    const context = { ref: refOf(host, hosts), at: readAt, parameters };
    return {
      control,
      verdict: evaluate(control, readings, context),
      readAt,
      causes: [],
      isCreated: false,
      settings: settingsHash(parameters),
    };
  });

/** Records what was found of a host, and tells SSM what its row then says. */
export const recordHost = async (
  host: string,
  found: { readonly judged: readonly Judged[]; readonly goneAt?: Date },
  hosts: Hosts,
): Promise<Outcome> => {
  const { engine } = hosts;
  const ref = refOf(host, hosts);
  const key = keyOf({ type: hostInstance.type, ref });
  const rows = await engine.posture.read([key]);
  const enabled = await engine.controlsOf(hostInstance.type);
  const docket = {
    group: { key, changes: [] },
    ref,
    type: hostInstance,
    enabled,
    row: rows.get(key),
  };
  const whole: Found = {
    key,
    type: hostInstance.type,
    ref,
    settlesAfterSeconds: 0,
    events: [],
    settle: undefined,
    ...found,
    ...(await aboutOf(docket, found.judged, engine.reader(), engine)),
  };
  const [recorded] = await record([whole], rows, engine);
  if (recorded && 'failure' in recorded) return { failure: recorded.failure };
  await tellCompliance(key, enabled, hosts);
  return { done: recorded?.published ?? 0 };
};
