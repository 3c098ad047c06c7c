import { canBePlanned, planNeeds, planOf, planStateOf } from '../../engine/remediation/planning.ts';
import type { Call, Plan, Service } from '../../model/control.ts';
import { Unresolved } from '../../model/unresolved.ts';
import { asRecord } from '../../support/untyped.ts';
import type { CheckContext, Checked } from '../check/check-template.ts';
import { declaredSource, onceRead } from '../check/declared-source.ts';
import type { NotWritten, PlannedEdits } from '../edit/planned-edits.ts';
import { CannotEdit, type Edit } from '../edit/tree-edits.ts';
import { World } from '../resolution/world.ts';
import { Stack } from '../stack.ts';
import { accountWrites } from './account.ts';
import { elbv2Writes, elbWrites } from './balancers.ts';
import { cloudtrailWrites, ec2Writes, lambdaWrites } from './compute.ts';
import {
  accessPointWrites,
  apigatewayWrites,
  athenaWrites,
  backupWrites,
  dmsWrites,
  dynamodbWrites,
  efsWrites,
  eventbridgeWrites,
  glueWrites,
  kinesisWrites,
  opensearchWrites,
} from './data-stores.ts';
import { rdsWrites } from './databases.ts';
import { iamWrites } from './identities.ts';
import { ecrWrites, kmsWrites, s3Writes, secretsWrites, snsWrites, sqsWrites } from './storage.ts';
import type { Writes, Writing } from './write.ts';

const writes: { readonly [S in Service]?: Writes } = {
  apigateway: apigatewayWrites,
  athena: athenaWrites,
  backup: backupWrites,
  cloudtrail: cloudtrailWrites,
  ec2: { ...ec2Writes, ...accountWrites.ec2 },
  dms: dmsWrites,
  dynamodb: dynamodbWrites,
  ecr: ecrWrites,
  efs: efsWrites,
  elb: elbWrites,
  elbv2: elbv2Writes,
  eventbridge: eventbridgeWrites,
  emr: accountWrites.emr,
  glue: glueWrites,
  guardduty: accountWrites.guardduty,
  iam: { ...iamWrites, ...accountWrites.iam },
  kinesis: kinesisWrites,
  kms: kmsWrites,
  lambda: lambdaWrites,
  opensearch: opensearchWrites,
  rds: rdsWrites,
  s3: s3Writes,
  s3control: { ...accountWrites.s3control, ...accessPointWrites },
  secretsmanager: secretsWrites,
  sns: snsWrites,
  sqs: sqsWrites,
  ssm: accountWrites.ssm,
};

const isWritten = ({ template, declared: { path, type } }: Checked): boolean =>
  template.proposalFor !== undefined ||
  asRecord(
    path.reduce<unknown>((tree, key) => asRecord(tree)[String(key)], template.document.tree),
  )['Type'] === type;

/** The plan of a control for what a template declares, from the facets of the world that shows the failure. */
const planFor = async (
  checked: Checked,
  { baseline, at }: CheckContext,
): Promise<Plan | NotWritten> => {
  const { control, type, declared, template, world } = checked;
  const stack = new Stack(template, world.anew);
  const resource = stack.resource(declared);
  const { account, region } = template.deployment;
  const ref = { account, region, id: type.id(resource) };
  const parameters = baseline.controls[control.id]?.parameters ?? {};
  const needs = [...new Set([...control.needs, ...planNeeds(control, type.type)])];
  const reading = await onceRead({ template, world: new World() }, () =>
    declaredSource({ type: type.type, ref }, stack, at, parameters).read(needs),
  );
  if (reading.gone) return { why: 'it is gone' };
  const state = planStateOf([control], type.type, reading.facets);
  if ('why' in state) return state;
  // What Terraform alone declares has no ARN there.
  const arn = resource.arn || (type.type.arn?.(ref) ?? '');
  const planned = planOf([{ control, parameters }], state.state, { ref, arn, at });
  return planned?.plan ?? { why: 'nothing is planned for it' };
};

const editsOf = (calls: readonly Call[], writing: Writing): readonly Edit[] | NotWritten => {
  const edits: Edit[] = [];
  for (const { service, operation, input } of calls) {
    const made = writes[service]?.[operation]?.(asRecord(input), writing);
    if (!made) return { why: `a template does not say what ${service}:${operation} does` };
    edits.push(...made);
  }
  return edits.length === 0 ? { why: 'its plan changes nothing that the template says' } : edits;
};

/** The changes of a template by which a control's plan is declared and not called. */
export const planEdits = async (
  checked: Checked,
  context: CheckContext,
): Promise<PlannedEdits | NotWritten> => {
  const { control, template, declared, world } = checked;
  if (!canBePlanned(control))
    return { why: `it is a person's work: ${control.remediation.advice}` };
  if (!isWritten(checked)) return { why: 'it is made of something else that the template says' };
  try {
    const plan = await planFor(checked, context);
    if ('why' in plan && !('kind' in plan)) return plan;
    const { calls } = plan;
    if (!calls) return { why: plan.kind === 'proposal' ? plan.why : 'its plan has no call' };
    const stack = new Stack(template, world.anew);
    const edits = editsOf(calls, { resource: stack.resource(declared), stack });
    if ('why' in edits) return plan.kind === 'proposal' ? { why: plan.why } : edits;
    return plan.kind === 'proposal'
      ? { edits, summary: plan.why, proposal: plan.why }
      : { edits, summary: plan.summary };
  } catch (error) {
    if (error instanceof CannotEdit) return { why: error.message };
    if (error instanceof Unresolved) return { why: `it depends on ${error.message}` };
    throw error;
  }
};
