import { allControls } from '../../../controls/index.ts';
import { type Baseline, defaultBaseline } from '../../../engine/baseline/baseline.ts';
import { baselineAt } from '../../../infrastructure/baseline-file.ts';
import type { Control } from '../../../model/control.ts';
import type { Evaluation } from '../../../pipeline/scan/scan-resource.ts';
import { paint } from '../../../reports/paint.ts';
import { resourceTypes } from '../../../resources/every.ts';
import { printedJson } from '../../../support/printed-json.ts';
import { UserError } from '../../../support/user-error.ts';
import { accountOption } from '../../accounts/of-accounts.ts';
import { parsed } from '../../arguments.ts';
import type { Command } from '../../command.ts';
import { deployedOptions, deployedUsage } from '../../deployed.ts';
import { elsewhereLines, lookElsewhere } from '../../elsewhere.ts';
import { evaluateAll, type NotLookedAt } from '../../evaluate-all.ts';
import { byId } from '../../output/order.ts';
import { exitCodeOf } from '../../output/tally.ts';
import { regionOption, regionsNamed } from '../../regions.ts';
import { subjectsOf } from '../../subjects.ts';
import { serviceOf } from '../scan/scan-filters.ts';
import { checkAccounts } from './doctor-accounts.ts';
import { checkDroppedEars, checkEars } from './doctor-ears.ts';
import { checkHosts } from './doctor-hosts.ts';
import type { HostCheck } from './host-check.ts';
import { doctorOrganization } from './organization/doctor-organization.ts';

const usage = `Usage: plumbline doctor [options]

Says where Plumbline is blind in this account and region. It looks at what is needed to hear of
changes and to publish findings, whatever the baseline enables. It says whether remediation is on,
where a control has mode remediate. For each other governed region it says whether changes are heard,
and for each other account whether its role can be assumed. It names regions that still have ears
although the baseline no longer governs them. In the home region it looks at the documents for hosts,
and at which hosts answer. At the end it lists the regions that it looked at, and regions that hold
resources and are not governed.

With --organization it says what Plumbline found last in each governed region of each account:
whether a trail records changes there, whether they reach Plumbline, whether its role can be assumed,
when it last heard of a change, when it last swept, what StackSets deployed, and what is wrong. Of
more than 40 regions it shows only those with a problem, and a count.

  --organization     each region of each account; with --account and --organizational-unit of some
  --account <list>   with --organization: these accounts, by their ids
  --organizational-unit <list>
                     with --organization: accounts in these units, and in the units below
  --all              with --organization: a line of each, however many there are
  --region <region>  may be repeated; else the governed regions, where the baseline names several;
                     else the region of the environment or profile
${deployedUsage}

Exit code: 2 something could not be looked up, else 1 it is blind or off, else 0.
Example: plumbline doctor --region eu-west-1`;

const isOfBlindness = ({ id }: { readonly id: string }): boolean => id.startsWith('PL.BLIND.');
/** Whether what the baseline has put right by itself is put right. */
const isOfRemediation = ({ onlyWhereRemediating }: Control): boolean =>
  onlyWhereRemediating === true;

const mark = {
  PASS: paint.green('ok     '),
  FAIL: paint.red('BLIND  '),
  UNKNOWN: paint.yellow('unknown'),
  NOT_APPLICABLE: paint.dim('n/a    '),
} as const;

const line = ({ control, verdict, ref }: Evaluation): string => {
  const isOff = verdict.status === 'FAIL' && isOfRemediation(control);
  const head = `${isOff ? paint.red('OFF    ') : mark[verdict.status]}  ${ref.region}  ${control.id}  ${control.title}`;
  if (verdict.status === 'PASS') return head;
  const advice = verdict.status === 'FAIL' ? [`         ${control.remediation.advice}`] : [];
  return [head, `         ${verdict.reason}`, ...advice].join('\n');
};

/** Of a check there is always something to say. */
const hostLine = ({ status, region, title, sentences }: HostCheck): string =>
  [`${mark[status]}  ${region}  ${title}`, ...sentences.map((one) => `         ${one}`)].join('\n');

const plainHost = ({ check, title, region, status, sentences, told }: HostCheck) => ({
  check,
  title,
  region,
  status,
  reason: sentences.join('\n'),
  ...told,
});

const plain = ({ control, verdict, ref }: Evaluation) => ({
  control: control.id,
  title: control.title,
  region: ref.region,
  ...verdict,
});

const unseenCheck = ({ region, why }: NotLookedAt): HostCheck => ({
  check: 'region',
  title: 'The region should be looked at',
  region,
  status: 'UNKNOWN',
  sentences: [why],
  told: {},
});

/** What it needs to see, whatever the baseline enables; and what it needs to act, where the baseline has it act. */
const evaluateOwn = async (all: readonly Control[], own: Baseline, regions: readonly string[]) => {
  const { homeRegion } = own;
  const isActing = Object.values(own.controls).some(({ mode }) => mode === 'remediate');
  const controls = all.filter((one) => isOfBlindness(one) || (isActing && isOfRemediation(one)));
  const baseline = {
    ...defaultBaseline(controls.map(({ onlyWhereRemediating: _, ...one }) => one)),
    homeRegion,
  };
  const evaluations: Evaluation[] = [];
  const evaluated = await evaluateAll({
    subjects: subjectsOf(controls, baseline, { controls: [], resourceTypes: [] }),
    baseline,
    regions,
    onEvaluated: (of) => evaluations.push(...of),
  });
  return {
    evaluations: evaluations.toSorted((a, b) => byId(a.control, b.control)),
    regions: evaluated.regions,
    unseen: evaluated.notLookedAt.map(unseenCheck),
  };
};

/** Where else there is something that nobody listens to, unless it is looked at with --region. */
const otherRegions = async (
  homeRegion: string,
  looked: readonly string[],
  governed: readonly string[],
) => {
  const services = [...new Set(resourceTypes.map(serviceOf))];
  // Of one region nothing says that it is governed until it is looked at.
  const regions = governed.length === 1 ? looked : [...new Set([...looked, ...governed])];
  const elsewhere = await lookElsewhere({ homeRegion, regions, services });
  return { check: 'regions', status: 'NOTE', looked, ...elsewhere } as const;
};
type OtherRegions = Awaited<ReturnType<typeof otherRegions>>;
const regionLines = ({ looked, ...elsewhere }: OtherRegions): string =>
  [
    `${paint.dim('note   ')}  looked at ${looked.join(', ')}`,
    ...elsewhereLines(elsewhere).map((one) => `         ${one}`),
  ].join('\n');

const options = {
  ...regionOption,
  ...accountOption,
  organization: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  ...deployedOptions,
} as const;

/** Options that say nothing without another one are refused: who gives them means something. */
const checkTogether = (said: Readonly<Record<string, unknown>>): void => {
  if (said['organization']) return;
  const alone = [...Object.keys(accountOption), 'all'].find((name) => said[name]);
  if (alone !== undefined) throw new UserError(`--${alone} goes with --organization`);
};

export const doctor: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { stack, json } = args.values;
  checkTogether(args.values);
  const regions = regionsNamed(args.values.region);
  const all = await allControls();
  const baseline = await baselineAt(args.values.baseline, all);
  if (args.values.organization)
    return doctorOrganization({
      stack,
      baseline,
      json: json === true,
      isAll: args.values.all,
      of: args.values,
    });
  const { homeRegion, regions: governed } = baseline;
  const wanted = regions.length > 0 || governed.length === 1 ? regions : governed;
  const { evaluations, regions: looked, unseen } = await evaluateOwn(all, baseline, wanted);
  const others = await otherRegions(homeRegion, looked, governed);
  const [ears, dropped] = await Promise.all([
    checkEars(stack, baseline, all),
    checkDroppedEars(stack, baseline),
  ]);
  const hosts = await checkHosts(
    stack,
    homeRegion,
    argv.some((one) => /^--stack\b/.test(one)),
  );
  const accounts = await checkAccounts(stack, baseline);
  const checks = [...unseen, ...accounts, ...ears, ...dropped, ...hosts];
  console.log(
    json
      ? printedJson([...evaluations.map(plain), ...checks.map(plainHost), others])
      : [...evaluations.map(line), ...checks.map(hostLine), regionLines(others)].join('\n'),
  );
  const statuses = [...evaluations.map(({ verdict }) => verdict), ...checks];
  const counted = (wanted: string) => statuses.filter(({ status }) => status === wanted).length;
  return exitCodeOf({ failed: counted('FAIL'), unknown: counted('UNKNOWN') });
};
