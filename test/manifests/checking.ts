import { onManifests } from '../../lib/engine/baseline/baseline-manifests.ts';
import { manifestFiles } from '../../lib/manifests/files.ts';
import { manifestControls } from '../../lib/manifests/index.ts';

export const at = new Date('2026-06-15T12:00:00Z');

/** Settings of controls as `plumbline.yaml` has them. */
type Settings = Readonly<
  Record<string, { readonly enabled?: boolean; readonly parameters?: Record<string, unknown> }>
>;

/** Files by their paths. */
type Files = Readonly<Record<string, string>>;

const readerOf = async (files: Files, settings: Settings) => {
  const controls = onManifests(manifestControls, settings);
  const reader = manifestFiles({ settings: { controls, exemptions: [] }, at });
  for (const [path, text] of Object.entries(files)) {
    if (!reader.recognises(path, text)) throw new Error(`${path} is not recognised`);
    await reader.add({ file: path, path, text });
  }
  return reader;
};

/** What is made of these files, by their paths. */
export const evaluated = async (files: Files, settings: Settings = {}) =>
  (await readerOf(files, settings)).evaluated();

/** The files with what a control finds in them put right; what stays as `<control> <name>: <why>`. */
export const fixed = async (
  files: Files,
  { controls, isProposed = false }: { controls?: readonly string[]; isProposed?: boolean } = {},
) => {
  const reader = await readerOf(files, {});
  const { located } = await reader.evaluated();
  const wanted = located.filter(({ control }) => controls?.includes(control.id) ?? true);
  const made = await reader.fixed(wanted, isProposed);
  return {
    texts: { ...files, ...Object.fromEntries(made.map(({ file, after }) => [file, after])) },
    fixed: made.flatMap((one) => one.fixed.map(({ checked }) => checked.control.id)),
    left: made.flatMap((one) =>
      one.left.map(({ checked, why }) => `${checked.control.id} ${checked.name}: ${why}`),
    ),
  };
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
