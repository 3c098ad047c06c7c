import { didYouMean } from '../../support/nearest.ts';
import { onceEach } from '../../support/once.ts';
import { runAs } from '../../support/run-as.ts';
import { saysSomething } from '../../support/says-something.ts';
import { asRecord, text } from '../../support/untyped.ts';
import type { Document, Range } from '../document/document.ts';
import type { Declaration, Template } from '../template.ts';

/** What a template says is right as it is. */
export interface Suppression {
  readonly control: string;
  readonly reason: string;
  readonly owner: string;
  /** ISO 8601; none ends it where it is not given. */
  readonly expires: string | undefined;
  readonly line: number;
}
export interface Suppressions {
  readonly all: readonly (Suppression & { readonly file: string })[];
  /** What is written and counts for nothing, each with its line. */
  readonly refused: readonly (Refused & { readonly file: string })[];
}

const mark = /plumbline: ?exempt/g;
const comment = /#\s*plumbline:( ?)exempt\b(.*)$/gm;
/** Whether a text is written as ids of controls are: `S3.9`, `PL.CONTAINER.7`. */
export const isControlId = (text: string): boolean =>
  /^(?:PL\.)?[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)?\.\d+$/.test(text);

export interface Refused {
  readonly line: number;
  readonly why: string;
}
/** What somebody wrote as an exemption, or why it does not count. */
export const writtenExemption = (
  control: string,
  reason: string,
  line: number,
  more: Partial<Pick<Suppression, 'owner' | 'expires'>> = {},
): Suppression | Refused =>
  isControlId(control) && saysSomething(reason)
    ? { control, reason, owner: 'the template', expires: undefined, line, ...more }
    : {
        line,
        why: isControlId(control)
          ? `the exemption of ${control} gives no reason, and does not count`
          : 'an exemption names a control and a reason: # plumbline:exempt S3.9 reason',
      };

/**
 * Why the exemption of a control counts for nothing: nothing is called so; `undefined` where something is.
 * @param ids the ids of all controls that it can name
 */
export const whyUnknown = (control: string, ids: readonly string[]): string | undefined =>
  ids.includes(control)
    ? undefined
    : `the exemption of ${control} does not count: there is no such control; ${didYouMean(control, ids, `${runAs('controls')} lists them`)}`;

/** The lines of a text on which exemptions stand, in comments or not, counted from 1. */
export const exemptedLines = (text: string): readonly number[] =>
  hasExemptions(text)
    ? text.split('\n').flatMap((said, index) => (said.search(comment) === -1 ? [] : [index + 1]))
    : [];
/** Cheap: whether a text can have an exemption in a comment. */
export const hasExemptions = (text: string): boolean =>
  text.includes('plumbline:exempt') || text.includes('plumbline: exempt');
/**
 * The lines of a text that can have one; of another text none. What stands in a text as in a comment, as in a description, says
 * nothing: whoever writes it need not be who writes the template.
 */
export const linesWithExemptions = ({
  text,
  comments = () => [],
}: Pick<Document, 'text' | 'comments'>): readonly string[] => {
  if (!hasExemptions(text)) return [];
  const all = comments();
  let next = 0;
  const isInComment = (at: number): boolean => {
    while ((all[next]?.to ?? at + 1) <= at) next += 1;
    return (all[next]?.from ?? at + 1) <= at;
  };
  const only = text.replace(mark, (said, at: number) =>
    isInComment(at) ? said : said.replace(':', ' '),
  );
  return only.split('\n');
};

/**
 * The exemptions in comments inside of a range, and on the line above it.
 * @param lines of the text, as `linesWithExemptions` gives them
 */
export const exemptionsInComments = (
  lines: readonly string[],
  { line, column, endLine }: Range,
): readonly (Suppression | Refused)[] => {
  if (lines.length === 0) return [];
  const isOutside = (at: number) =>
    (/^\s*(?=#)/.exec(lines[at - 1] ?? '')?.[0].length ?? column) < column;
  // With anything else on it the line above is the end of another resource.
  const first = isOutside(line - 1) ? line - 1 : line;
  let last = endLine;
  // A comment that is no deeper than its key stands above the next one.
  while (last > line && (isOutside(last) || lines[last - 1]?.trim() === '')) last -= 1;
  return lines.slice(first - 1, last).flatMap((said, index) =>
    [...said.matchAll(comment)].map(([, blank = '', said = '']) => {
      if (blank !== '')
        return {
          line: first + index,
          why: 'an exemption is written without a blank, # plumbline:exempt S3.9 reason: this one does not count',
        };
      const [control = '', ...reason] = said.trim().split(/\s+/);
      return writtenExemption(control, reason.join(' '), first + index);
    }),
  );
};

const isDate = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(value) &&
  !Number.isNaN(Date.parse(value));

const inOne = ['control', 'reason', 'owner', 'expires'];
const inMetadata = (
  { metadata }: Declaration,
  line: number,
): readonly (Suppression | Refused)[] => {
  const { exempt = [] } = asRecord(metadata['plumbline']);
  if (!Array.isArray(exempt))
    return [
      {
        line,
        why: 'exempt is a list, such as [{ control: S3.9, reason: why }]: it does not count',
      },
    ];
  return exempt.map((one: unknown) => {
    const said = asRecord(one);
    const { control, reason, owner, expires } = said;
    const [stray] = Object.keys(said).filter((key) => !inOne.includes(key));
    // Such as an end that nobody reads.
    if (stray !== undefined)
      return {
        line,
        why: `an exemption with ${stray} does not count; ${didYouMean(stray, inOne, `allowed: ${inOne.join(', ')}`)}`,
      };
    if (expires !== undefined && !isDate(expires))
      return {
        line,
        why: `the exemption of ${text(control)} ends ${JSON.stringify(expires)?.replaceAll('"', '')}, which is no date as in 2027-01-31, and does not count`,
      };
    return writtenExemption(text(control) ?? '', text(reason) ?? '', line, {
      owner: text(owner) ?? 'the template',
      expires: text(expires),
    });
  });
};

/** Whoever writes a module does not say what is right where it is used. */
const ofSomebodyElse = (one: Suppression | Refused): Refused =>
  'why' in one
    ? one
    : {
        line: one.line,
        why: `the exemption of ${one.control} is in a module that was fetched, and does not count: write it in the module block that uses it`,
      };

/** A large text is parted once, and not for each of its resources. */
const linesOf = onceEach(linesWithExemptions);

/** The exemptions that stand with a resource: in its metadata, in comments inside of it and on the line above. */
export const suppressionsOf = (template: Template, declared: Declaration): Suppressions => {
  const { document } = template;
  const lines = linesOf(document);
  const hasAny = lines.length > 0 || Object.hasOwn(declared.metadata, 'plumbline');
  if (!hasAny && !template.blocksOf) return { all: [], refused: [] };
  const blocks = template.blocksOf
    ? template.blocksOf(declared).map(({ text = '', comments, ...block }) => ({
        ...block,
        lines: linesWithExemptions({ text, ...(comments ? { comments } : {}) }),
      }))
    : [{ file: document.file, lines, range: document.rangeOf(declared.path) }];
  const found = blocks.flatMap((block) =>
    [
      ...inMetadata(declared, block.range.line),
      ...exemptionsInComments(block.lines, block.range).map((one) =>
        'isFetched' in block ? ofSomebodyElse(one) : one,
      ),
    ].map((one) => ({ ...one, file: block.file })),
  );
  return {
    all: found.filter((one): one is Suppression & { file: string } => 'control' in one),
    refused: found.filter((one): one is Refused & { file: string } => 'why' in one),
  };
};

/** Whether an exemption has ended: it counts through its last day. */
export const hasEnded = ({ expires }: Pick<Suppression, 'expires'>, at: Date): boolean =>
  expires !== undefined && at > new Date(`${expires.slice(0, 10)}T23:59:59Z`);

/** What a template says of a control on a resource, of what has not ended. */
export const standingSuppression = (
  template: Template,
  declared: Declaration,
  control: string,
  at: Date,
): Suppression | undefined =>
  suppressionsOf(template, declared).all.find(
    (one) => one.control === control && !hasEnded(one, at),
  );
