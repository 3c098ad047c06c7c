import { baselinesOf } from '../../engine/baseline/baseline-away.ts';
import { exemptedText, exemptionFor } from '../../engine/baseline/exemption.ts';
import { keyOf } from '../../engine/changes/change.ts';
import type { Granted, ResourceRow } from '../../engine/posture/row.ts';
import type { Control } from '../../model/control.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { printedJson } from '../../support/printed-json.ts';
import { runAs } from '../../support/run-as.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed, required } from '../arguments.ts';
import { askedOf, askUntil } from '../ask-plumbline.ts';
import type { Command, ExitCode } from '../command.ts';
import { controlNamed } from '../control-named.ts';
import { type DeployedOptions, deployedOptions, deployedUsage } from '../deployed.ts';
import { checkScope, deployedToOperator, type Operated } from '../operator.ts';
import { rowOf } from '../row-of.ts';

const options = {
  ...deployedOptions,
  owner: { type: 'string' },
  reason: { type: 'string' },
  expires: { type: 'string' },
} as const;
const common = `  <resource>         an id or ARN
  --owner <who>      who answers for it
  --reason <why>     why it may be so
  --expires <day>    the last day on which it counts, in UTC, such as 2027-01-31
${deployedUsage}`;

const addUsage = `Usage: plumbline exemptions add <resource> <control> --owner <who> --reason <why> --expires <day>

Gives one control on one resource an exemption; one that it has already is replaced.

${common}

Exit code: 0 done, 2 not.
Example: plumbline exemptions add my-bucket S3.8 --owner web --reason site --expires 2999-01-31`;
const confirmUsage = `Usage: plumbline exemptions confirm <resource> <control> --owner <who> [--expires <day>]

Names who answers for an exemption that was asked for in Security Hub, which lapses otherwise.
It keeps its end and its reason where no others are given.

${common}

Exit code: 0 done, 2 not.
Example: plumbline exemptions confirm my-bucket S3.8 --owner web`;
const endUsage = `Usage: plumbline exemptions end <resource> <control>

Ends an exemption that a person gave one resource; those of the baseline end in its file.

  <resource>         an id or ARN
${deployedUsage}

Exit code: 0 done, 2 not.
Example: plumbline exemptions end my-bucket S3.8`;

/** The last moment of a day that is still to come. */
const lastMomentOf = (day: string, now: Date): string => {
  const last = new Date(`${day}T23:59:59.999Z`);
  const isDay = !Number.isNaN(last.getTime()) && last.toISOString().slice(0, 10) === day;
  if (!isDay) throw new UserError(`--expires is ${day}; allowed: a day such as 2027-01-31`);
  if (last >= now) return last.toISOString();
  throw new UserError(`--expires is ${day}, which is over`);
};

interface Subject {
  readonly row: ResourceRow;
  readonly control: Control;
  readonly plumbline: Operated;
}
const subjectOf = async (
  [resource = '', named = '']: readonly string[],
  values: DeployedOptions,
): Promise<Subject> => {
  const plumbline = await deployedToOperator(values, named);
  const control = controlNamed(plumbline.controls, named);
  const row = await rowOf(resource, control, plumbline);
  checkScope(plumbline, 'exempt', row.ref.account);
  return { row, control, plumbline };
};

const write = async (
  { row, control, plumbline }: Subject,
  granted: Granted | undefined,
  isJson = false,
): Promise<ExitCode> => {
  const { posture } = plumbline;
  const { type, ref } = row;
  const key = keyOf(row);
  // Only the functions of Plumbline write rows.
  const ask = { ...askedOf(type, ref, plumbline), ask: 'exempt' as const, control: control.id };
  const isSo = async () => {
    const kept = (await posture.read([key])).get(key)?.exemptions?.[control.id];
    return canonicalJson(kept) === canonicalJson(granted);
  };
  await askUntil({ ...ask, ...(granted ? { granted } : {}) }, 'the exemption', isSo, plumbline);
  const resource = row.arn ?? row.ref.id;
  const { owner, expires } = granted ?? {};
  const said = granted
    ? `${control.id} on ${resource}: ${owner} answers for it until ${expires?.slice(0, 10)}`
    : `${control.id} on ${resource} is no longer exempted`;
  console.log(isJson ? printedJson({ control: control.id, resource, ...granted }) : said);
  return 0;
};

export const addExemption: Command = async (argv) => {
  const args = parsed(argv, options, addUsage, 2);
  if (!args) return 0;
  const { json } = args.values;
  const owner = required('owner', args.values.owner);
  const reason = required('reason', args.values.reason);
  const expires = lastMomentOf(required('expires', args.values.expires), new Date());
  return write(await subjectOf(args.positionals, args.values), { owner, reason, expires }, json);
};

export const confirmExemption: Command = async (argv) => {
  const args = parsed(argv, options, confirmUsage, 2);
  if (!args) return 0;
  const { expires: day, reason, json } = args.values;
  const owner = required('owner', args.values.owner);
  const now = new Date();
  const expires = day === undefined ? undefined : lastMomentOf(day, now);
  const subject = await subjectOf(args.positionals, args.values);
  const { row, control } = subject;
  const granted = row.exemptions?.[control.id];
  if (!granted) throw new UserError(notGiven(subject));
  if (Date.parse(granted.expires) < now.getTime()) {
    throw new UserError(
      `the exemption ended at ${granted.expires}: add it again, see ${runAs('exemptions add --help')}`,
    );
  }
  const { unconfirmed: _, ...kept } = granted;
  const changed = { ...kept, ...(expires ? { expires } : {}), ...(reason ? { reason } : {}) };
  return write(subject, { ...changed, owner }, json);
};

export const endExemption: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, endUsage, 2);
  if (!args) return 0;
  const subject = await subjectOf(args.positionals, args.values);
  if (!subject.row.exemptions?.[subject.control.id]) throw new UserError(notGiven(subject));
  return write(subject, undefined, args.values.json);
};

/** Why there is no exemption of a person's; one of the baseline can be ended in its file alone. */
const notGiven = ({ row, control, plumbline }: Subject): string => {
  const { arn = row.ref.id, ref } = row;
  const evaluated = { controlId: control.id, arn, id: ref.id };
  const baseline = baselinesOf(plumbline.baseline, plumbline.stack.account)(ref.account);
  const found = exemptionFor(baseline, evaluated, new Date());
  if (found?.isOwn) return `${arn} is Plumbline's own and ${exemptedText(found)}`;
  return found
    ? `the baseline exempts ${arn} from ${control.id}, by ${found.resource} of ${found.owner}: change that in its file and deploy`
    : `nobody exempted ${arn} from ${control.id}`;
};
