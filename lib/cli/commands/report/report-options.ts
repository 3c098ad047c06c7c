import { frameworks } from '../../../reports/frameworks/index.ts';
import { UserError } from '../../../support/user-error.ts';
import { parsed, partsOf, required } from '../../arguments.ts';
import { type HistoryAsked, historyAsked } from './report-period.ts';
import {
  type ScopeAsked,
  type SourceKind,
  scopeAsked,
  scopeOptions,
  scopeUsage,
} from './report-scope.ts';
import {
  filled,
  type SourcesAsked,
  sourceOptions,
  sourcesAsked,
  sourcesUsage,
} from './report-sources.ts';

const formats = ['html', 'csv', 'json', 'ocsf', 'markdown'] as const;
export type Format = (typeof formats)[number];
/** What is written: of OCSF one of two classes. */
export type Rendered = Format | 'ocsf detection';

const usage = `Usage: plumbline report --standard <id> [options]

Says how the requirements of a framework stand: from saved scans (the option --out of a scan), from what
an installation knows, or from a scan that is made now. It changes nothing.

  --standard <ids>      frameworks, such as cis-aws-5.0.0,fsbp-1.0.0, or files of your own: ${frameworks.map(({ id }) => id).join(', ')}
${sourcesUsage}

  --from <day>          the first day of a period, in UTC: what the history of --stack (Plumbline, where it is not said) has of it
  --to <day>            the last day of it; else yesterday

${scopeUsage}

  --compare <file>      an earlier saved scan: what got worse, what better; again for each account
  --attestations <file>  else plumbline-attestations.yaml, where it is there
  --format <format>     ${formats.join(', ')}; html by default
  --ocsf <class>        of the format ocsf: compliance (2003), by default, or detection (2004)
  --out <file>          where the report is written; else to standard output

  --baseline <file>     of a scan that is made now, or of an installation: else plumbline.yaml, else
                        every control with its defaults

Exit code: 2 something is unknown, was left out of a saved scan, or could not be done, else 1 a
requirement failed, else 0.
Example: plumbline report --standard cis-aws-5.0.0 --scan scan.json --out report.html`;

const options = {
  standard: { type: 'string', multiple: true },
  ...sourceOptions,
  compare: { type: 'string', multiple: true },
  from: { type: 'string' },
  to: { type: 'string' },
  ...scopeOptions,
  attestations: { type: 'string' },
  format: { type: 'string' },
  ocsf: { type: 'string' },
  out: { type: 'string' },
} as const;

export interface ReportAsked {
  readonly standards: readonly string[];
  readonly sources: SourcesAsked;
  readonly compare: readonly string[];
  readonly scope: ScopeAsked;
  /** Where a period is asked for: of whose history. */
  readonly history: HistoryAsked | undefined;
  readonly attestations: string | undefined;
  readonly format: Rendered;
  readonly out: string | undefined;
}

/** What is written; `--ocsf` alone says the format as well. */
const renderedAs = (format: string | undefined, ocsf: string | undefined): Rendered => {
  const named = format ?? (ocsf === undefined ? 'html' : 'ocsf');
  const known = formats.find((each) => each === named);
  if (known === undefined)
    throw new UserError(`--format is ${named}; allowed: ${formats.join(', ')}`);
  if (ocsf === undefined) return known;
  if (known !== 'ocsf') throw new UserError(`--ocsf goes with --format ocsf, not with ${known}`);
  if (ocsf !== 'compliance' && ocsf !== 'detection')
    throw new UserError(`--ocsf is ${ocsf}; allowed: compliance, detection`);
  return ocsf === 'detection' ? 'ocsf detection' : 'ocsf';
};

const kindOf = ({ scans, stack }: SourcesAsked, history: HistoryAsked | undefined): SourceKind => {
  if (history) return '--from';
  if (scans.length > 0) return '--scan';
  return stack === undefined ? 'a scan' : '--stack';
};

/** What the options say; `undefined` where help was asked for and printed. */
export const reportAsked = (argv: readonly string[]): ReportAsked | undefined => {
  const args = parsed(argv, options, usage);
  if (!args) return undefined;
  const { standard, compare, attestations, out } = args.values;
  required('standard', standard?.join(','));
  const standards = [...new Set(partsOf(standard))];
  if (standards.includes('')) throw new UserError('--standard has an empty part; see --help');
  const format = renderedAs(args.values.format, args.values.ocsf);
  const history = historyAsked(args.values, new Date());
  const sources = sourcesAsked(history ? {} : args.values);
  const scope = scopeAsked(kindOf(sources, history), args.values);
  for (const [name, value] of Object.entries({ attestations, out }))
    if (value !== undefined) filled(name, [value]);
  return {
    standards,
    sources,
    compare: filled('compare', compare),
    scope,
    history,
    attestations,
    format,
    out,
  };
};
