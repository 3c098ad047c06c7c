import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Severity } from '../../../model/control.ts';
import { severities } from '../../../reports/result.ts';
import { runAs } from '../../../support/run-as.ts';
import { UserError } from '../../../support/user-error.ts';
import { listed, oneOf, parsed } from '../../arguments.ts';

const usage = `Usage: plumbline check <path…> [options]

Evaluates what CloudFormation templates, in YAML or JSON, and plans of Terraform (terraform show -json)
declare, with the controls that watch the account, and by controls of their own manifests of
Kubernetes, files of compose and Dockerfiles. Without --live nothing of AWS is asked; nothing is
deployed. Of a folder every file that is one of these is read, but nothing below node_modules, .git,
.terraform, .venv, .aws-sam and the assets of the CDK; - is the standard input.

What is evaluated:
  --control <ids>          only these controls, such as S3.*,EC2.19; * stands for any characters
  --severity <list>        only controls of these severities: ${severities.join(', ').toLowerCase()}
  --baseline <file>        else plumbline.yaml, else every control with its defaults
  --parameters <file>      values of parameters, as the AWS command line takes them
  --account <number>       the account that it is for; by default 111122223333
  --region <name>          the region that it is for; by default the home region of the baseline
  --live                   for the account of your credentials as it is: reads there what a verdict
                           depends on and no template declares, and nothing else
  --new-only <base>        only what a commit, branch or tag does not have; or what another file or
                           folder does not have, which is named with ./, ../ or / before it
  --if-template            passes over a named file that is nothing to evaluate, as in a folder
  --require-explicit       fails what passes only by a default of AWS

What is shown:
  --format <name>          text, json, sarif, junit, github, gitlab or markdown
  --json                   the same as --format json
  --all                    every verdict, also what passes, and the types that no control looks at
  --quiet                  findings alone
  --out <file>             write it there instead
  --also <format=file>     write it there in another format too, such as sarif=plumbline.sarif

  --watch                  stays, and shows what changes with each change of a file; Ctrl-C ends it

What is put right, by the plans of the controls:
  --patch                  prints the changes of the source, as a diff for git apply; of a plan
                           of Terraform what is to be set in which block; with --json as JSON
  --fix                    makes the changes, and shows what stays; sources of Terraform stay
  --proposed               with one of these also what a plan leaves to a person

  --fail-on <severity>     exit with 1 only for findings of this severity or above
  --strict-unknown         exit with 2 where something could not be evaluated

Exit code: 2 an option is wrong, a file could not be read, or there was nothing to evaluate, else 1
findings, else 0.
Example: plumbline check templates --severity critical,high`;

const options = {
  control: { type: 'string', multiple: true },
  severity: { type: 'string', multiple: true },
  baseline: { type: 'string' },
  parameters: { type: 'string' },
  account: { type: 'string' },
  region: { type: 'string' },
  live: { type: 'boolean', default: false },
  'new-only': { type: 'string' },
  'if-template': { type: 'boolean', default: false },
  'require-explicit': { type: 'boolean', default: false },
  format: { type: 'string' },
  json: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  out: { type: 'string' },
  also: { type: 'string', multiple: true },
  watch: { type: 'boolean', default: false },
  patch: { type: 'boolean', default: false },
  fix: { type: 'boolean', default: false },
  proposed: { type: 'boolean', default: false },
  'fail-on': { type: 'string' },
  'strict-unknown': { type: 'boolean', default: false },
} as const;

const formats = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const;
export type CheckFormat = (typeof formats)[number];
/** A report that is written beside the one that is shown. */
export interface AlsoWritten {
  readonly format: CheckFormat;
  readonly file: string;
}

/** What somebody asks of a check. */
export interface CheckAsked {
  readonly paths: readonly string[];
  readonly controls: readonly string[];
  readonly severities: readonly Severity[];
  readonly baseline: string | undefined;
  readonly parameters: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly isLive: boolean;
  readonly base: string | undefined;
  /** Whether a file that is named and is nothing to evaluate is passed over. */
  readonly isPassedOver: boolean;
  readonly isExplicit: boolean;
  readonly format: CheckFormat;
  readonly isAll: boolean;
  readonly isQuiet: boolean;
  readonly out: string | undefined;
  readonly also: readonly AlsoWritten[];
  /** Whether what changes is evaluated again, until somebody ends it. */
  readonly isWatched: boolean;
  /** Whether changes of the source are printed or made; neither where it is not asked for. */
  readonly fixes: 'printed' | 'made' | undefined;
  readonly isProposed: boolean;
  readonly failOn: Severity;
  readonly isStrict: boolean;
}

const account = (text: string | undefined): string | undefined => {
  if (text === undefined || /^\d{12}$/.test(text)) return text;
  throw new UserError(`--account is ${text}; an account has 12 digits`);
};
const region = (text: string | undefined): string | undefined => {
  if (text === undefined || /^[a-z]{2,}(?:-[a-z]+)+-\d$/.test(text)) return text;
  throw new UserError(`--region is ${text}; give a region, such as eu-central-1`);
};

const alsoWritten = (text: string): AlsoWritten => {
  const at = text.indexOf('=');
  const file = text.slice(at + 1);
  if (at <= 0 || file === '' || file === '-')
    throw new UserError(
      `--also is ${text}; give a format and a file, such as sarif=plumbline.sarif`,
    );
  return { format: oneOf('also', text.slice(0, at), formats), file };
};
/** The reports beside the one that is shown, each in a file of its own. */
const allAlsoWritten = (
  texts: readonly string[] = [],
  out: string | undefined,
): readonly AlsoWritten[] => {
  const all = texts.map(alsoWritten);
  const files = [...(out === undefined ? [] : [out]), ...all.map(({ file }) => file)];
  const twice = files.find((file, index) =>
    files.some((one, at) => at < index && resolve(one) === resolve(file)),
  );
  if (twice !== undefined)
    throw new UserError(
      `${twice} is to be written twice: give --out and each --also a file of its own`,
    );
  return all;
};

const fixesIn = (
  {
    format,
    ...values
  }: Readonly<Record<'patch' | 'fix' | 'proposed', boolean>> & {
    readonly format?: string | undefined;
  },
  positionals: readonly string[],
): CheckAsked['fixes'] => {
  if (values.patch && values.fix)
    throw new UserError('--patch prints changes and --fix makes them: give one of them');
  if (values.fix && positionals.includes('-'))
    throw new UserError('--fix writes files, and the standard input is none: take --patch');
  if (values.proposed && !values.patch && !values.fix)
    throw new UserError('--proposed goes with --patch or --fix');
  if (values.patch && format !== undefined && !['text', 'json'].includes(format.toLowerCase()))
    throw new UserError(`--patch prints a diff, or JSON with --json: leave --format ${format} out`);
  return values.patch ? 'printed' : values.fix ? 'made' : undefined;
};

const watchedIn = (
  values: Readonly<Record<'watch' | 'patch' | 'fix' | 'live' | 'json', boolean>> &
    Readonly<Partial<Record<'out' | 'new-only' | 'format', string>>> & {
      readonly also?: readonly string[];
    },
  positionals: readonly string[],
): boolean => {
  if (!values.watch) return false;
  const [other] = (['patch', 'fix', 'live', 'out', 'also', 'new-only'] as const).filter(
    (name) => values[name],
  );
  if (other !== undefined) throw new UserError(`--watch and --${other} do not go together`);
  if (positionals.includes('-'))
    throw new UserError('--watch looks at files, and the standard input is none');
  const missing = positionals.find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new UserError(`--watch ${missing}: there is no such file or folder`);
  const { format = values.json ? 'json' : 'text' } = values;
  if (format !== 'text' && format !== 'json')
    throw new UserError(`--watch and --format ${format} do not go together`);
  if (format === 'text' && process.stdout.isTTY !== true)
    throw new UserError(
      '--watch shows changes at a terminal, and the output is none: with --json it writes a line for each change',
    );
  return true;
};

/** What the options say; `undefined` where help was asked for and printed. */
export const checkAsked = (argv: readonly string[]): CheckAsked | undefined => {
  const args = parsed(
    argv,
    options,
    usage,
    'some',
    `there is no path: name a file or a folder, as in ${runAs('check templates')}; see --help`,
  );
  if (!args) return undefined;
  const { values, positionals } = args;
  if (values.json && values.format !== undefined && values.format !== 'json')
    throw new UserError(`--json and --format ${values.format} do not go together`);
  if (values.quiet && values.all)
    throw new UserError('--quiet shows findings alone and --all every verdict: give one of them');
  return {
    paths: positionals,
    controls: listed('control', values.control),
    severities: listed('severity', values.severity).map((one) =>
      oneOf('severity', one, severities),
    ),
    baseline: values.baseline,
    parameters: values.parameters,
    account: account(values.account),
    region: region(values.region),
    isLive: values.live,
    base: values['new-only'],
    isPassedOver: values['if-template'],
    isExplicit: values['require-explicit'],
    format: values.json ? 'json' : oneOf('format', values.format ?? 'text', formats),
    isAll: values.all,
    isQuiet: values.quiet,
    out: values.out,
    also: allAlsoWritten(values.also, values.out),
    isWatched: watchedIn(values, positionals),
    fixes: fixesIn(values, positionals),
    isProposed: values.proposed,
    failOn: oneOf('fail-on', values['fail-on'] ?? 'LOW', severities),
    isStrict: values['strict-unknown'],
  };
};
