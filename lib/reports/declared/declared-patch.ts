import { createTwoFilesPatch } from 'diff';
import { plural } from '../../support/plural.ts';
import type { FixedFile } from '../../templates/edit/fixed-file.ts';

/** Of a file that cannot be told from an option, or stands elsewhere, a patch names it as it is. */
const side = (letter: 'a' | 'b', file: string): string =>
  file.startsWith('/') ? file : `${letter}/${file.replaceAll('\\', '/')}`;

const said = ({ fixed }: FixedFile): readonly string[] =>
  fixed.map(({ checked: { control, name }, summary, proposal }) => {
    const what = proposal === undefined ? summary : `proposed, ${proposal}`;
    return `# ${control.id} ${name}: ${what}`.replace(/[\p{Cc}\p{Cf}]/gu, '?');
  });

/** Unified diffs that `git apply` and `patch -p1` take, each below what it puts right. */
export const declaredPatch = (files: readonly FixedFile[]): string =>
  files
    .filter(({ before, after }) => before !== after)
    .map((one) => {
      const { file, before, after } = one;
      const patch = createTwoFilesPatch(side('a', file), side('b', file), before, after, '', '', {
        context: 3,
      });
      // The library sets a line of its own above the two names.
      return [...said(one), patch.slice(patch.indexOf('--- ')).trimEnd()].join('\n');
    })
    .join('\n');

/** What stays, a line each, and why. */
export const declaredLeft = (files: readonly FixedFile[]): readonly string[] =>
  files.flatMap(({ left }) =>
    left.map(
      ({ checked: { file, range, control, name }, why }) =>
        `${file}:${range.line}: ${control.id} ${name} stays: ${why}`,
    ),
  );

/** `4 failures put right in 2 files.` */
export const declaredFixed = (files: readonly FixedFile[]): string => {
  const changed = files.filter(({ before, after }) => before !== after);
  const count = changed.reduce((sum, { fixed }) => sum + fixed.length, 0);
  return `${plural(count, 'failure')} put right in ${plural(changed.length, 'file')}.`;
};
