import { groupsBy } from '../../support/groups.ts';
import { type CheckOptions, createEvaluation } from '../check/check-files.ts';
import { isPart, type Located, type LocatedPart } from '../check/located.ts';
import { isInTemplate, type LocatedInTemplate } from '../check/located-in-template.ts';
import type { FixedFile } from '../edit/fixed-file.ts';
import { fixText } from './fix-text.ts';

type InTemplate = LocatedInTemplate | LocatedPart;
const isOfTemplate = (one: Located): one is InTemplate => isInTemplate(one) || isPart(one);
const isOpen = ({ verdict, exemption }: InTemplate): boolean =>
  verdict.status === 'FAIL' && exemption === undefined;

/** Why the source that somebody wrote is another one than this file. */
const writtenElsewhere = ({ construct }: InTemplate): string | undefined =>
  // What the CDK writes it writes again with the next synth.
  construct === undefined ? undefined : `the CDK makes it: change the construct ${construct}`;

/** The changes of one file; what another control finds right must not break, so that all are evaluated. */
const fixFile = async (
  file: string,
  open: readonly InTemplate[],
  options: CheckOptions & { readonly isProposed: boolean },
): Promise<FixedFile | undefined> => {
  const [template] = open.map((one) => one.template);
  if (!template) return undefined;
  const { document, deployment } = template;
  const evaluation = createEvaluation({ ...options, wanted: undefined });
  const evaluate = (text: string) => evaluation({ file, path: file, text }, deployment);
  const wanted = open.filter((one) => writtenElsewhere(one) === undefined);
  const all = wanted.length > 0 ? await evaluate(document.text) : [];
  const { text, fixed, left } = await fixText(document.text, all, wanted, {
    ...options,
    evaluate,
  });
  const others = open.flatMap((checked) => {
    const why = writtenElsewhere(checked);
    return why === undefined ? [] : [{ checked, why }];
  });
  const isProposal = template.proposalFor !== undefined;
  // A plan is written anew from its sources.
  const after = isProposal ? document.text : text;
  return { file, before: document.text, after, fixed, left: [...left, ...others], isProposal };
};

/** The changes of the files that put their failures right, file by file; nothing is written. */
export const fixFiles = async (
  found: readonly Located[],
  options: CheckOptions,
  isProposed: boolean,
): Promise<readonly FixedFile[]> => {
  const open = found.filter(isOfTemplate).filter(isOpen);
  const files = groupsBy(open, ({ template }) => template.document.file);
  const made: FixedFile[] = [];
  for (const [file, open] of files) {
    const fixed = await fixFile(file, open, { ...options, isProposed });
    if (fixed) made.push(fixed);
  }
  return made;
};
