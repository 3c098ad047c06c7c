import type { Control, ControlId } from '../controls/control.ts';
import { problemsIn } from './baseline-problems.ts';
import { type Settings, schemaFor } from './baseline-schema.ts';
import { readYaml } from './baseline-yaml.ts';
import type { Exemption } from './exemption.ts';
import { UserError } from './user-error.ts';

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

type Setting = Settings['controls'][string];

const enabled = ({ parameters = {} }: Configurable, setting?: Setting): Enabled => ({
  mode: 'observe',
  parameters: Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      setting?.parameters?.[name] ?? parameter.default,
    ]),
  ),
});

const isIn = ({ id, standards }: Configurable, preset: string): boolean =>
  preset === 'all' || (preset === 'own' ? id.startsWith('PL.') : Object.hasOwn(standards, preset));
/** A control that is named counts as chosen, whatever the presets hold. */
const isEnabled = (control: Configurable, presets: readonly string[], setting: Setting): boolean =>
  setting ? setting.enabled !== false : presets.some((preset) => isIn(control, preset));

const lastMomentOf = (day: string): string => `${day}T23:59:59.999Z`;

const resolved = (settings: Settings, controls: readonly Configurable[]): Baseline => {
  const { presets = ['all'], sensitivityTag, exemptions, ...rest } = settings;
  return {
    ...rest,
    ...(sensitivityTag === undefined ? {} : { sensitivityTag }),
    controls: Object.fromEntries(
      controls
        .filter((control) => isEnabled(control, presets, settings.controls[control.id]))
        .map((control) => [control.id, enabled(control, settings.controls[control.id])]),
    ),
    exemptions: exemptions.map((each) => ({ ...each, expires: lastMomentOf(each.expires) })),
  };
};

/** The baseline that a YAML text says; throws with every line that is wrong, what it says and what is allowed. */
export const parseBaseline = (
  text: string,
  fileName: string,
  controls: readonly Configurable[],
): Baseline => {
  const source = readYaml(text, fileName);
  const result = schemaFor(controls).safeParse(source.value);
  if (!result.success) throw new UserError(problemsIn(source, result.error.issues).join('\n'));
  return resolved(result.data, controls);
};

/** Every control, observed, with its defaults: what counts where there is no `plumbline.yaml`. */
export const defaultBaseline = (controls: readonly Configurable[]): Baseline =>
  parseBaseline('{}', 'plumbline.yaml', controls);
