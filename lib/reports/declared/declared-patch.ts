import { firstBy } from '../../support/groups.ts';
import { harmless } from '../../support/harmless.ts';
import { plural } from '../../support/plural.ts';
import { printedJson } from '../../support/printed-json.ts';
import type { Located } from '../../templates/check/located.ts';
import type { FixedFile } from '../../templates/edit/fixed-file.ts';

/** A file with its change as it is shown. */
export interface PatchedFile extends FixedFile {
  /** `undefined` where nothing is changed. */
  readonly diff: string | undefined;
  /** The folder from which it is named. @default - the current one */
  readonly from?: string;
}

const said = ({ fixed }: FixedFile): readonly string[] =>
  fixed.map(({ checked: { control, name }, summary, proposal }) => {
    const what = proposal === undefined ? summary : `proposed, ${proposal}`;
    return harmless(`# ${control.id} ${name}: ${what}`.replaceAll('\n', '?'));
  });

/** Unified diffs, each below what it puts right. */
export const declaredPatch = (files: readonly PatchedFile[]): string =>
  files
    .flatMap((one) => (one.diff === undefined ? [] : [[...said(one), one.diff].join('\n')]))
    .join('\n');

type Fix = FixedFile['fixed'][number];

const proposed = ({ checked, summary, settings = [] }: Fix): string => {
  const { file, range, control, name } = checked;
  const head = `${file}:${range.line}: ${control.id} ${name}: ${summary}`;
  const lines = settings.map((one) => {
    const isElsewhere = one.file !== file || one.line !== range.line;
    const place = isElsewhere ? `${one.file}:${one.line}: ` : '';
    return `  ${place}${one.text}`.replaceAll('\n', '\n  ');
  });
  return harmless([head, ...lines].join('\n'));
};

const proposedIn = (files: readonly FixedFile[]): readonly Fix[] =>
  files.filter(({ isProposal }) => isProposal).flatMap(({ fixed }) => fixed);

/** What a person is to set in the sources of plans, each below what it puts right. */
export const declaredProposals = (files: readonly FixedFile[]): string =>
  proposedIn(files).map(proposed).join('\n\n');

/** Changes, proposals and what stays, for programs. */
export const declaredPatchJson = (files: readonly PatchedFile[]): string => {
  const named = ({ checked: { control, name, file, range } }: Pick<Fix, 'checked'>) => ({
    control: control.id,
    severity: control.severity,
    logicalId: name,
    file,
    line: range.line,
  });
  const fixes = (one: FixedFile) =>
    one.fixed.map((fix) => {
      const { summary, proposal } = fix;
      return { ...named(fix), summary, ...(proposal === undefined ? {} : { proposal }) };
    });
  return printedJson({
    patches: files
      .filter(({ diff }) => diff !== undefined)
      .map((one) => ({ file: one.file, diff: declaredPatch([one]), fixes: fixes(one) })),
    proposals: proposedIn(files).map((fix) => ({
      ...named(fix),
      summary: fix.summary,
      ...(fix.proposal === undefined ? {} : { proposal: fix.proposal }),
      settings: fix.settings ?? [],
    })),
    left: files.flatMap(({ left }) => left.map((one) => ({ ...named(one), why: one.why }))),
  });
};

const keyOf = ({ file, control, name }: Located): string =>
  JSON.stringify([file, control.id, name]);

/**
 * What stays, a line each, and why.
 * @param now the verdicts on the files as they are by now, where they were changed: what stays can stand on another line
 */
export const declaredLeft = (
  files: readonly FixedFile[],
  now: readonly Located[] = [],
): readonly string[] => {
  const standing = firstBy(now, keyOf);
  return files.flatMap(({ left }) =>
    left.map(({ checked, why }) => {
      const { file, range, control, name } = checked;
      const { line } = standing.get(keyOf(checked))?.range ?? range;
      return `${file}:${line}: ${control.id} ${name} stays: ${why}`.replaceAll('\n', '?');
    }),
  );
};

/** `4 failures put right in 2 files.` */
export const declaredFixed = (files: readonly FixedFile[]): string => {
  const changed = files.filter(({ before, after }) => before !== after);
  const count = changed.reduce((sum, { fixed }) => sum + fixed.length, 0);
  return `${plural(count, 'failure')} put right in ${plural(changed.length, 'file')}.`;
};
