import { type Catalogue, catalogue } from '../../../reporting/catalogue.ts';
import { checklistMarkdown } from '../../../reports/checklists/checklist-markdown.ts';
import { checklistText } from '../../../reports/checklists/checklist-text.ts';
import { type ItemOutcome, itemsOf } from '../../../reports/checklists/outcome.ts';
import { reportOf, type Source } from '../../../reports/compliance/report.ts';
import { columnsOf } from '../../../reports/wrap.ts';
import { printedJson } from '../../../support/printed-json.ts';
import { UserError } from '../../../support/user-error.ts';
import { written } from '../../../support/written.ts';
import { parsed } from '../../arguments.ts';
import { patienceFor } from '../../ask-and-wait.ts';
import type { Command, ExitCode } from '../../command.ts';
import { regionsNamed } from '../../regions.ts';
import { version } from '../../version.ts';
import { attestationsAt } from '../report/attestations.ts';
import { aboutControl, checklistNamed } from '../report/report-frameworks.ts';
import { allAsked, earlierIn } from '../report/report-scope.ts';
import {
  type SourcesAsked,
  savedScans,
  sourceOptions,
  sourcesAsked,
  sourcesOf,
  sourcesUsage,
} from '../report/report-sources.ts';
import { readAnew } from './post-sources.ts';

const usage = `Usage: plumbline checklist <name> [options]

Says which items of a checklist are done: from saved scans (the option --out of a scan), from what an
installation knows, or from a scan that is made now. An item that no control answers, or that nobody
looked at, is never done.

  <name>                pre (before a deployment), post (after it), or a file of your own
${sourcesUsage}

  --audit               has the installation of --stack (Plumbline, where it is not said) audit its hosts anew, and
                        scans this account meanwhile; compares with what was known before. Only operators may
  --wait <seconds>      for the answers of hosts, at most: 300 where it is not said

  --compare <file>      an earlier saved scan: what each item was then; again for each account
  --attestations <file>  else plumbline-attestations.yaml, where it is there
  --format <format>     text, json, markdown; text by default
  --json                the same as --format json
  --out <file>          where it is written; else to standard output

  --region <list>       only these regions, and what is in no one region
  --baseline <file>     else plumbline.yaml, else every control with its defaults

Exit code: 2 nobody can tell whether an item is done, or the command failed; else 1 an item is not done; else 0.
Example: plumbline checklist post --audit`;

const options = {
  ...sourceOptions,
  audit: { type: 'boolean' },
  wait: { type: 'string' },
  compare: { type: 'string', multiple: true },
  attestations: { type: 'string' },
  format: { type: 'string' },
  json: { type: 'boolean' },
  out: { type: 'string' },
} as const;

const exitCodeOf = (items: readonly ItemOutcome[]): ExitCode => {
  const found = new Set(items.map(({ outcome }) => outcome));
  if (found.has('cannot tell') || found.has('to attest') || found.has('no control yet')) return 2;
  return found.has('not done') ? 1 : 0;
};

const renderers: Readonly<
  Record<string, (title: string, items: readonly ItemOutcome[], columns?: number) => string>
> = {
  text: (title, items, columns) => `${checklistText(title, items, columns)}\n`,
  json: (title, items) => `${printedJson({ title, items })}\n`,
  markdown: checklistMarkdown,
};

/** For how long hosts are waited for where nobody says. */
const usualSeconds = 300;

/** Seconds that an audit has, where one is asked for. */
const auditSeconds = (
  audit: boolean | undefined,
  wait: string | undefined,
  { scans }: SourcesAsked,
  regions: readonly string[],
): number | undefined => {
  const seconds = patienceFor(wait);
  if (audit !== true) {
    if (wait !== undefined) throw new UserError('--wait is of an audit: give --audit as well');
    return undefined;
  }
  if (scans.length > 0)
    throw new UserError('--audit does not go with --scan: that is saved already');
  if (regions.length > 0)
    throw new UserError('--audit does not go with --region: the baseline says which it governs');
  return seconds ?? usualSeconds;
};

interface Read {
  readonly sources: readonly Source[];
  /** What was known before. */
  readonly earlier: readonly Source[];
}
const read = async (
  asked: SourcesAsked,
  regions: readonly string[],
  seconds: number | undefined,
): Promise<Read> => {
  if (seconds === undefined) {
    const { sources } = await sourcesOf(asked, { ...allAsked, regions });
    return { sources, earlier: [] };
  }
  const { now, before } = await readAnew(asked, seconds);
  return { sources: [now], earlier: before ? [before] : [] };
};

const madeFrom = async (
  name: string,
  sources: readonly Source[],
  attestationsFile: string | undefined,
  known: Catalogue,
) =>
  reportOf({
    plumbline: version(),
    sources,
    frameworks: [await checklistNamed(name, known)],
    attestations: await attestationsAt(attestationsFile),
    about: aboutControl(known),
  });

export const checklist: Command = async (argv) => {
  const args = parsed(argv, options, usage, 1);
  if (!args) return 0;
  const [name = ''] = args.positionals;
  const { compare = [], attestations, json, out, audit, wait } = args.values;
  const { format = json ? 'json' : 'text' } = args.values;
  if (json && format !== 'json')
    throw new UserError(`--json does not go with --format ${format}: give one of them`);
  const render = Object.hasOwn(renderers, format) ? renderers[format] : undefined;
  if (!render)
    throw new UserError(`--format is ${format}; allowed: ${Object.keys(renderers).join(', ')}`);
  const asked = sourcesAsked(args.values);
  const regions = regionsNamed(args.values.region);
  const seconds = auditSeconds(audit, wait, asked, regions);
  const known = await catalogue();
  await checklistNamed(name, known);
  const compared = await savedScans('--compare', compare);
  const { sources, earlier: knownBefore } = await read(asked, regions, seconds);
  const before =
    compared.length > 0 ? earlierIn(compared, { ...allAsked, regions }, sources) : knownBefore;
  const made = await madeFrom(name, sources, attestations, known);
  const then = before.length > 0 ? await madeFrom(name, before, attestations, known) : undefined;
  const items = itemsOf(made, then);
  const title = made.frameworks[0]?.title ?? name;
  const text = render(title, items, out === undefined ? columnsOf(process.stdout) : undefined);
  if (out === undefined) console.log(text.trimEnd());
  else {
    await written(out, text);
    console.log(`written to ${out}`);
  }
  return exitCodeOf(items);
};
