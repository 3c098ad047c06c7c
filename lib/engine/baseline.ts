import type { Control, ControlId } from '../controls/control.ts';
import type { Exemption } from './exemption.ts';

export { type Exemption, exemptionFor } from './exemption.ts';

/** What one enabled control does, its parameters complete. */
export interface Enabled {
  readonly mode: 'observe';
  readonly parameters: Readonly<Record<string, unknown>>;
}
/** `plumbline.yaml`, checked and resolved: plain JSON, as the handlers read it. */
export interface Baseline {
  readonly homeRegion: string;
  /** `failures` leaves out a PASS that never had a finding. */
  readonly publish: 'all' | 'failures';
  /** A resource with this tag holds what must not leak. */
  readonly sensitivityTag?: { readonly key: string; readonly values: readonly string[] };
  readonly controls: Readonly<Record<string, Enabled>>;
  readonly exemptions: readonly Exemption[];
  readonly configRules: boolean;
  readonly dashboard: boolean;
}

/** A control as the baseline sees it. */
export type Configurable = Pick<Control, 'standards' | 'parameters'> & { readonly id: ControlId };

/** A control's parameters, those that are given before their defaults. */
export const completed = (
  control: Pick<Control, 'parameters'>,
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(control.parameters ?? {}).map(([name, parameter]) => [
      name,
      Object.hasOwn(given, name) ? given[name] : parameter.default,
    ]),
  );

/** Every control, observed, with its defaults: what counts where no `plumbline.yaml` is. */
export const defaultBaseline = (controls: readonly Configurable[]): Baseline => ({
  homeRegion: 'us-east-1',
  publish: 'all',
  controls: Object.fromEntries(
    controls.map((control) => [
      control.id,
      { mode: 'observe', parameters: completed(control) } as const,
    ]),
  ),
  exemptions: [],
  configRules: false,
  dashboard: false,
});
