import { written } from '../../support/written.ts';
import type { FixedFile } from '../../templates/edit/fixed-file.ts';
import { forTerminal } from './for-terminal.ts';

export interface PatchAsked {
  readonly isJson: boolean;
  /** Where it is written. @default - printed */
  readonly out: string | undefined;
}

/** Prints the changes that put failures right; on the standard error what stays, for the rest is to be applied. */
export const printPatch = async (
  found: readonly FixedFile[],
  { isJson, out }: PatchAsked,
): Promise<void> => {
  const { declaredLeft, declaredPatch, declaredPatchJson, declaredProposals } = await import(
    '../../reports/declared/declared-patch.ts'
  );
  const { patchedFiles } = await import('./patched-files.ts');
  const files = await patchedFiles(found);
  const texts = isJson
    ? [declaredPatchJson(files)]
    : [declaredPatch(files), declaredProposals(files)];
  const patch = texts.filter((one) => one !== '').join('\n');
  if (out !== undefined) await written(out, `${patch}\n`);
  else if (patch !== '') console.log(patch);
  const folders = new Set(files.flatMap(({ from }) => from ?? []));
  for (const from of isJson ? [] : folders)
    console.error(forTerminal(`The patch names files from ${from}: apply it there.`));
  for (const line of isJson ? [] : declaredLeft(files)) console.error(forTerminal(line));
};
