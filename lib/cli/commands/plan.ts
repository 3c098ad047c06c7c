import { allControls } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { baselineAt } from '../../infrastructure/baseline-file.ts';
import type { Evaluation } from '../../pipeline/scan/scan-resource.ts';
import { paint } from '../../reports/paint.ts';
import { plural } from '../../support/plural.ts';
import { printedJson } from '../../support/printed-json.ts';
import { accountsAsked, accountsOptions, accountsUsage } from '../accounts/accounts-asked.ts';
import {
  type AccountRead,
  type AccountsToRead,
  accountsToRead,
} from '../accounts/accounts-to-read.ts';
import { askedIn } from '../accounts/asked-in.ts';
import { byAccount, enter, worstOf } from '../accounts/by-account.ts';
import { parsed } from '../arguments.ts';
import type { Command, ExitCode } from '../command.ts';
import { evaluateAll, exemptingOwn, notLookedAtText } from '../evaluate-all.ts';
import type { Found } from '../find-resources.ts';
import { type NamedAmong, named, readerIn } from '../named-resources.ts';
import { draftedText, plainDraft } from '../output/drafted.ts';
import { forTerminal } from '../output/for-terminal.ts';
import { progress } from '../output/progress.ts';
import { type Counts, countOf, exitCodeOf } from '../output/tally.ts';
import { type Draft, type Drafted, planResource } from '../plan-resource.ts';
import { regionOption, regionsNamed } from '../regions.ts';
import { subjectsOf } from '../subjects.ts';

const usage = `Usage: plumbline plan [options]

Evaluates the account live, with the credentials of the environment, and shows for every failure
the calls that would put it right, and whether they can be taken back. Nothing is deployed,
stored or changed; no stack is needed, and the mode of a control counts for nothing.

  --control <id>          only this control; may be repeated
  --resource <id or ARN>  only this resource
  --region <region>       may be repeated; else those that the baseline governs, or that of the
                          environment or profile
  --baseline <file>       else plumbline.yaml, else every control with its defaults
  --json                  as JSON

${accountsUsage}

Exit code: 0 nothing but exempted findings, 1 findings, 2 something could not be evaluated.
Example: plumbline plan --control S3.8`;

const options = {
  control: { type: 'string', multiple: true },
  resource: { type: 'string' },
  ...regionOption,
  ...accountsOptions,
  baseline: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Resources read at the same time. */
const concurrency = 10;

/** The resources on which something fails; all else is only counted. */
const failing = async (asked: NamedAmong, counts: Record<keyof Counts, number>) => {
  const found = new Map<string, Found>();
  const keep = ({ type, ref, control }: Evaluation) => {
    const key = `${ref.region} ${type.type} ${ref.id}`;
    const controls = [...(found.get(key)?.subject.controls ?? []), control];
    found.set(key, { subject: { type, controls }, ref });
  };
  const { notLookedAt } = await evaluateAll({
    ...asked,
    onEvaluated: (evaluations) => {
      for (const evaluation of evaluations) {
        if (evaluation.verdict.status === 'FAIL') keep(evaluation);
        else counts[countOf(evaluation)] += 1;
      }
    },
  });
  for (const one of notLookedAt) console.error(forTerminal(notLookedAtText(one)));
  return { found: [...found.values()], isWhole: notLookedAt.length === 0 };
};

const planAll = async (
  found: readonly Found[],
  { baseline, as }: Pick<NamedAmong, 'baseline' | 'as'>,
): Promise<readonly Drafted[]> => {
  const line = progress(process.stderr);
  const drafted: Drafted[] = [];
  for (let from = 0; from < found.length; from += concurrency) {
    line.show(`planned ${from} of ${plural(found.length, 'resource')}`);
    const some = found.slice(from, from + concurrency).map(({ subject, ref }) => {
      return planResource(subject, ref, readerIn(ref.account, ref.region, as), baseline);
    });
    drafted.push(...(await Promise.all(some)));
  }
  line.clear();
  return drafted;
};

interface Planned {
  readonly drafts: readonly Draft[];
  readonly counts: Counts;
  /** Whether every region was looked at. */
  readonly isWhole: boolean;
  /** What counts in the account. */
  readonly baseline: Baseline;
}

/** What fails in one account, with what would be done. */
const planAccount = async (resource: string | undefined, asked: NamedAmong): Promise<Planned> => {
  const counts = { passed: 0, failed: 0, exempted: 0, notApplicable: 0, unknown: 0 };
  const { found, isWhole } =
    resource === undefined
      ? await failing(asked, counts)
      : { found: await named(resource, asked), isWhole: true };
  const [first] = found;
  const baseline = first ? await exemptingOwn(asked, first.ref.account) : asked.baseline;
  const drafted = await planAll(found, { baseline, as: asked.as });
  for (const evaluation of drafted.flatMap((each) => each.evaluations))
    counts[countOf(evaluation)] += 1;
  return { drafts: drafted.flatMap((each) => each.drafts), counts, isWhole, baseline };
};

const exitOf = ({ counts, isWhole }: Planned): ExitCode => (isWhole ? exitCodeOf(counts) : 2);

const plain = ({ drafts, counts }: Planned) => ({ counts, plans: drafts.map(plainDraft) });

const textOf = ({ drafts, counts, baseline }: Planned): string =>
  draftedText(drafts, counts, baseline);

const say = (planned: Planned, isJson: boolean): ExitCode => {
  console.log(isJson ? printedJson(plain(planned)) : textOf(planned));
  return exitOf(planned);
};

/** Several accounts, each for itself; what fails in one is said, and ends nothing in another. */
const planAccounts = async (
  { read, left }: Pick<AccountsToRead, 'read' | 'left'>,
  isJson: boolean,
  work: (as: AccountRead) => Promise<Planned>,
): Promise<ExitCode> => {
  const all = await byAccount(read, work);
  const done = all.flatMap((one) => ('value' in one ? one : []));
  const failed = all.flatMap((one) => ('why' in one ? one : []));
  if (isJson) {
    const accounts = done.map(({ account, value }) => ({ account, ...plain(value) }));
    console.log(printedJson({ accounts, notLookedAt: failed, left }));
  } else
    for (const { account, value } of done)
      console.log(`${paint.bold(`account ${account}`)}\n\n${textOf(value)}\n`);
  for (const { account, why } of [...failed, ...left])
    console.error(forTerminal(`account ${account} was not looked at: ${why}`));
  return worstOf(all.map((one) => ('why' in one ? 2 : exitOf(one.value))));
};

export const plan: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { resource, control = [], json: isJson = false } = args.values;
  const regions = regionsNamed(args.values.region);
  const accounts = accountsAsked(args.values);
  const controls = await allControls();
  const baseline = await baselineAt(args.values.baseline, controls);
  const subjects = subjectsOf(controls, baseline, { controls: control, resourceTypes: [] });
  const own = { subjects, baseline, regions };
  if (accounts === undefined) return say(await planAccount(resource, own), isJson);
  const to = await accountsToRead(accounts, baseline);
  const asked = { ...own, baseline: to.baseline };
  const [only] = to.read;
  if (!only || to.read.length + to.left.length > 1)
    return planAccounts(to, isJson, (as) => planAccount(resource, askedIn(asked, as)));
  await enter(only);
  return say(await planAccount(resource, askedIn(asked, only)), isJson);
};
