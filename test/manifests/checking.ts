import { onManifests } from '../../lib/engine/baseline/baseline-manifests.ts';
import { manifestFiles } from '../../lib/manifests/check/check-manifests.ts';
import { formats } from '../../lib/manifests/formats.ts';
import { manifestControls } from '../../lib/manifests/index.ts';

export const at = new Date('2026-06-15T12:00:00Z');

/** Settings of controls as `plumbline.yaml` has them. */
type Settings = Readonly<
  Record<string, { readonly enabled?: boolean; readonly parameters?: Record<string, unknown> }>
>;

/** What is made of these files, by their paths. */
export const evaluated = async (
  files: Readonly<Record<string, string>>,
  settings: Settings = {},
) => {
  const controls = onManifests(manifestControls, settings);
  const reader = manifestFiles({
    formats,
    controls: manifestControls,
    settings: { controls, exemptions: [] },
    at,
  });
  for (const [path, text] of Object.entries(files)) {
    if (!reader.recognises(path, text)) throw new Error(`${path} is not recognised`);
    await reader.add({ file: path, path, text });
  }
  return reader.evaluated();
};

/** What a control says of all that a text declares: PASS, the one other verdict, or all of them. */
export const verdictOn = async (
  text: string,
  control: string,
  settings?: Settings,
  path = 'manifest.yaml',
): Promise<string> => {
  const { located } = await evaluated({ [path]: text }, settings);
  const statuses = new Set(
    located
      .filter((one) => one.control.id === control)
      .map(({ verdict, exemption }) => (exemption ? 'exempted' : verdict.status)),
  );
  if (statuses.size > 1) statuses.delete('PASS');
  return [...statuses].join(' ') || 'nothing';
};
