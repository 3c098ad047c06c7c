import { z } from 'zod';
import type { Parameters } from '../../model/control.ts';
import type { SensitivityTag } from '../findings/priority.ts';
import { allowed, controlMapping, parametersOf } from './baseline-shapes.ts';
import type { Exemption } from './exemption.ts';

/** A control on manifests as the baseline sees it. */
export interface OnManifests {
  readonly id: string;
  readonly parameters?: Parameters;
}
/** As much of a baseline as counts for manifests, which are in no account. */
export interface ManifestSettings {
  /** The parameters of each control that is not turned off, complete. */
  readonly controls: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly exemptions: readonly Exemption[];
  /** A label of this name says what a tag says. */
  readonly sensitivityTag?: SensitivityTag;
}

/** Controls on manifests are evaluated where somebody checks files: nothing of them is planned or put right. */
export const manifestSetting = ({ parameters = {} }: OnManifests) =>
  controlMapping({
    enabled: z.boolean(allowed('true or false')).optional(),
    parameters: parametersOf(parameters).optional(),
  }).optional();

interface Setting {
  readonly enabled?: boolean | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}
/** The controls that are not turned off, whatever presets are chosen: a preset names controls of the account. */
export const onManifests = (
  controls: readonly OnManifests[],
  settings: Readonly<Record<string, Setting | undefined>>,
): ManifestSettings['controls'] =>
  Object.fromEntries(
    controls
      .filter(({ id }) => settings[id]?.enabled !== false)
      .map(({ id, parameters = {} }) => [
        id,
        Object.fromEntries(
          Object.entries(parameters).map(([name, each]) => [
            name,
            settings[id]?.parameters?.[name] ?? each.default,
          ]),
        ),
      ]),
  );
