import { existsSync } from 'node:fs';
import { allControls } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { baselineAt } from '../../infrastructure/baseline-file.ts';
import type { Control } from '../../model/control.ts';
import type { Where } from '../../model/resource-type.ts';
import { type Evaluation, readAbout, scanResource } from '../../pipeline/scan/scan-resource.ts';
import { partitionOf } from '../../services/partition.ts';
import { runAs } from '../../support/run-as.ts';
import { UserError } from '../../support/user-error.ts';
import { type CheckOptions, checkFiles } from '../../templates/check/check-files.ts';
import { isInTemplate, type LocatedInTemplate } from '../../templates/check/located-in-template.ts';
import { fixFiles } from '../../templates/fix/fix-files.ts';
import { callerOf } from '../account.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { named, readerIn } from '../named-resources.ts';
import { printPatch } from '../output/print-patch.ts';
import { type OwningStack, owningStackOf } from '../owning-stack.ts';
import { regionOption, regionsNamed } from '../regions.ts';
import { enabledNamed, subjectsOf } from '../subjects.ts';

const usage = `Usage: plumbline patch <finding> [options]

Prints what the owner of a resource changes in the template that made it, so that a failure in the
account does not come back with the next deployment. The resource is read live; nothing is changed.

  <finding>            its id, as Security Hub shows it, or a resource and a control: my-bucket S3.8
  --template <path>    the template of the stack, a folder of templates, an output of the CDK, or a
                       plan of Terraform; by default cdk.out
  --proposed           also what a plan leaves to a person
  --region <region>    may be repeated; else that of the finding, those that the baseline governs,
                       or that of the environment or profile
  --baseline <file>    else plumbline.yaml, else every control with its defaults
  --out <file>         write it there instead
  --json               as JSON

Exit code: 0 printed, 1 the template stays as it is, 2 there is no such failure or template.
Example: plumbline patch my-bucket S3.8 --template stacks/shop.yaml`;

const options = {
  template: { type: 'string' },
  proposed: { type: 'boolean', default: false },
  ...regionOption,
  baseline: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const usual = 'cdk.out';

interface Finding {
  readonly resource: string;
  readonly control: string;
  /** Where the id of a finding says that it is. */
  readonly where?: Where;
}
const findingIn = (positionals: readonly string[]): Finding => {
  const [first = '', second, ...more] = positionals;
  const [, account = '', region = '', control, resource] =
    /^plumbline\/(\d{12})\/([^/]+)\/([^/]+)\/(.+)$/s.exec(first) ?? [];
  if (more.length > 0) throw new UserError(`unexpected argument ${more.join(' ')}; see --help`);
  if (control !== undefined && resource !== undefined && second === undefined) {
    if (!/^[0-9a-f]{32}$/.test(resource)) return { control, resource, where: { account, region } };
    throw new UserError(
      'the id of this finding does not say the resource: give the resource and the control',
    );
  }
  if (second === undefined)
    throw new UserError(
      `${first} is no id of a finding: give one, or a resource and a control, such as ${runAs('patch my-bucket S3.8')}`,
    );
  return { resource: first, control: second };
};

/** The regions that are looked at: of a finding its own. Refuses one that these credentials do not read. */
const regionsOf = async (
  { where }: Finding,
  { homeRegion }: Baseline,
  said: readonly string[] | undefined,
): Promise<readonly string[]> => {
  const asked = regionsNamed(said);
  if (!where) return asked;
  const { account, region } = where;
  if (!/^[a-z\d-]+$/.test(region))
    throw new UserError(`the id of this finding says the region ${region}, which is none`);
  if (asked.length > 0 && !asked.includes(region))
    throw new UserError(`the finding is of ${region}, and not of --region ${asked.join(', ')}`);
  const caller = await callerOf(homeRegion);
  if (caller.account === account) return [region];
  throw new UserError(
    `the finding is of account ${account}, and these credentials are of ${caller.account}: take credentials of ${account}`,
  );
};

/** What fails, read now. */
const failingNow = async (
  { resource, control: id }: Finding,
  control: Control,
  baseline: Baseline,
  regions: readonly string[],
) => {
  const subjects = subjectsOf([control], baseline, { controls: [control.id], resourceTypes: [] });
  const [found, ...more] = await named(resource, { subjects, baseline, regions });
  if (!found) throw new UserError(`there is no resource ${resource}`);
  if (more.length > 0)
    throw new UserError(`${resource} can be several resources: give its ARN, or --region`);
  const { subject, ref } = found;
  const reader = readerIn(ref.account, ref.region);
  const [evaluation] = await scanResource(subject, ref, {}, { reader, baseline, at: new Date() });
  if (!evaluation) throw new UserError(`${resource} is gone`);
  const { verdict } = evaluation;
  if (verdict.status !== 'FAIL')
    throw new UserError(`${id} does not fail on ${resource}: it is ${verdict.status}`);
  const about = await readAbout(subject.type, ref, reader);
  return { evaluation, reader, about };
};

const templatesIn = async (
  path: string,
  control: Control,
  { evaluation, stack, baseline }: Located,
): Promise<readonly [CheckOptions, readonly LocatedInTemplate[]]> => {
  const { account, region } = evaluation.ref;
  const checking: CheckOptions = {
    paths: [path],
    baseline,
    at: new Date(),
    isExplicit: false,
    wanted: ({ id }) => id === control.id,
    deployment: {
      account,
      region,
      partition: partitionOf(region),
      stackName: stack?.name ?? 'stack',
      parameters: stack?.parameters ?? {},
    },
  };
  const { located, problems, files } = await checkFiles(checking);
  const [problem] = problems;
  if (problem) throw new UserError(problem.message);
  if (files === 0) throw new UserError(`there is no template in ${path}`);
  return [checking, located.filter(isInTemplate)];
};
interface Located {
  readonly evaluation: Evaluation;
  readonly stack: OwningStack | undefined;
  readonly baseline: Baseline;
}

/** Whether a declaration is the resource: by its stack's name for it, or by the id that AWS gave what a plan has. */
const isResource =
  ({ evaluation: { arn, ref }, stack }: Located) =>
  (one: LocatedInTemplate): boolean => {
    if (one.template.proposalFor) return one.arn === arn || one.id === ref.id;
    return stack !== undefined && one.declared.logicalId === stack.logicalId;
  };

const declaredIn = (path: string, all: readonly LocatedInTemplate[], located: Located) => {
  const { evaluation, stack } = located;
  const found = all.filter(isResource(located));
  const own = found.filter(({ template }) => template.deployment.stackName === stack?.name);
  const [one, ...more] = own.length > 0 ? own : found;
  const name = evaluation.ref.id;
  if (!one && !stack)
    throw new UserError(
      `no stack of CloudFormation owns ${name}, and ${path} is no plan of Terraform that has it: change what makes it; ${runAs(`plan --resource ${name}`)} shows the calls`,
    );
  if (!one)
    throw new UserError(
      `the stack ${stack?.name} owns ${name} as ${stack?.logicalId}, which ${path} does not declare: give the template of that stack with --template`,
    );
  if (more.length > 0)
    throw new UserError(
      `${stack?.logicalId ?? name} is declared in ${[one, ...more].map(({ file }) => file).join(' and ')}: give one of them with --template`,
    );
  return one;
};

/** What the template already says, or leaves open, is not put right in it. */
const checkFailing = ({ verdict, file, range, name, control }: LocatedInTemplate): void => {
  if (verdict.status === 'FAIL') return;
  const why =
    verdict.status === 'UNKNOWN'
      ? `${control.id} of ${name} is not known from it: ${verdict.reason}`
      : `it declares ${name} as ${control.id} asks for: somebody changed it in the account, and the next deployment need not put it back. Put it right there`;
  throw new UserError(`${file}:${range.line} stays as it is: ${why}`);
};

export const patch: Command = async (argv) => {
  const args = parsed(argv, options, usage, 'some');
  if (!args) return 0;
  const { template, proposed, json, out } = args.values;
  const finding = findingIn(args.positionals);
  const path = template ?? usual;
  if (!existsSync(path))
    throw new UserError(
      template === undefined
        ? `there is no ${usual} here: give the template of the stack with --template`
        : `--template ${path}: there is no such file or folder`,
    );
  const all = await allControls();
  const baseline = await baselineAt(args.values.baseline, all);
  const control = enabledNamed(all, baseline, finding.control);
  const regions = await regionsOf(finding, baseline, args.values.region);
  const { evaluation, reader, about } = await failingNow(finding, control, baseline, regions);
  const stack = await owningStackOf({ id: evaluation.ref.id, ...about }, reader);
  const located: Located = { evaluation, stack, baseline };
  const [checking, declared] = await templatesIn(path, control, located);
  const one = declaredIn(path, declared, located);
  checkFailing(one);
  const files = await fixFiles([one], checking, proposed);
  await printPatch(files, { isJson: json === true, out });
  return files.some(({ fixed }) => fixed.length > 0) ? 0 : 1;
};
