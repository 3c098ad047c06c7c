import { noteFindings } from '../../aws/security-hub.ts';
import { exemptedText, exemptionOn } from '../../engine/baseline/exemption.ts';
import { keyOf, whereKey } from '../../engine/changes/change.ts';
import { homeOf, isGoverned, isRemediated } from '../../engine/changes/place.ts';
import {
  controlIn,
  type FindingIdentifier,
  productArn,
  whereOf,
} from '../../engine/findings/finding-id.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { actionId } from '../../engine/remediation/action.ts';
import { planText } from '../../engine/remediation/plan-text.ts';
import type { RemediationRequest } from '../../engine/remediation/request.ts';
import { undoCommand } from '../../engine/remediation/undo-command.ts';
import { runAs } from '../../support/run-as.ts';
import { asRecord, list, text } from '../../support/untyped.ts';
import { runtimeAt } from '../runtime/away.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';
import { exempt } from './exempt.ts';
import { targetOf } from './target.ts';
import { whyNoUndo } from './why-no-undo.ts';

/** What somebody clicked in Security Hub's console. The event says on which finding, and not who it was. */
interface Click {
  readonly eventId: string;
  readonly action: string;
  readonly finding: FindingIdentifier;
}
interface Clicked {
  readonly row: ResourceRow;
  readonly control: string;
  readonly eventId: string;
}
/** A request, or a note that answers. */
type Response = { readonly ask: RemediationRequest } | { readonly note: string };

const exemptDays = 7;
const mostIdLength = 512;

/** The click that a custom action's event tells of; `undefined` for any other message. */
export const clickIn = (body: unknown): Click | undefined => {
  const event = asRecord(body);
  const [finding] = list(asRecord(event['detail'])['findings']).map(asRecord);
  const Id = text(finding?.['Id']);
  const ProductArn = text(finding?.['ProductArn']);
  const action = text(list(event['resources'])[0])?.split('/').at(-1);
  const eventId = text(event['id']);
  const isClick =
    event['source'] === 'aws.securityhub' &&
    event['detail-type'] === 'Security Hub Findings - Custom Action';
  if (!isClick || !Id || !ProductArn || !action || !eventId) return undefined;
  // Security Hub has no finding whose id is longer.
  if (Id.length > mostIdLength || ProductArn.length > mostIdLength) return undefined;
  return { eventId, action, finding: { Id, ProductArn } };
};

/** The row and control of a finding; a reason where it is not one of this stack. */
const rowOf = async (
  { finding, eventId }: Click,
  runtime: Runtime,
): Promise<Clicked | { readonly why: string }> => {
  const { place, posture } = runtime;
  // What other regions found is seen, and clicked, where Security Hub aggregates it.
  const where = whereOf(finding);
  if (!isGoverned(where, place) || finding.ProductArn !== productArn(where)) {
    return { why: 'the finding is of another product, account or region' };
  }
  if (!isRemediated(where, place))
    return { why: `the baseline lets nothing be changed in account ${where.account}` };
  const found = controlIn(finding.Id, where);
  if (!found) return { why: 'the finding is not one of Plumbline in this account and region' };
  const rows = await posture.read(await posture.keysOf(found.subject));
  // The settings of every region have one ARN, the account's. The id is anybody's text: `toString` is no control.
  const [row, ...others] = [...rows.values()].filter(
    ({ ref, goneAt, controls }) =>
      whereKey(ref) === whereKey(where) &&
      goneAt === undefined &&
      Object.hasOwn(controls, found.control),
  );
  if (!row) return { why: 'the posture table does not know the resource' };
  if (others.length > 0) return { why: 'the finding can be of several resources' };
  return { row, control: found.control, eventId };
};

const asked = ({ row, control, eventId }: Clicked) =>
  ({
    version: 1,
    id: actionId({ ...row, controls: [control], episodes: [], attempt: eventId }),
    type: row.type,
    ref: row.ref,
    askedBy: { kind: 'person' },
  }) as const;

const fix = async (clicked: Clicked, { types }: Runtime): Promise<Response> =>
  (await types.named(clicked.row.type))
    ? { ask: { ...asked(clicked), ask: 'remediate', controls: [clicked.control] } }
    : { note: 'Not done: hosts are evaluated and not changed from here.' };

const showPlan = async ({ row, control }: Clicked, { posture }: Runtime): Promise<Response> => {
  const kept = await posture.readPlan(keyOf(row), control);
  if (row.controls[control]?.lastKnown !== 'FAIL')
    return { note: 'It does not fail: nothing is planned.' };
  if (!kept)
    return { note: 'Nothing is planned: it is a person’s work, or the control only observes.' };
  const see = targetOf(row).commandFor(row.ref, control);
  return { note: `Plan: ${planText(kept.plan)}. See it with: ${see}` };
};

const undoLatest = async (clicked: Clicked, runtime: RemediationRuntime): Promise<Response> => {
  const latest = clicked.row.controls[clicked.control]?.lastAction;
  if (latest === undefined) return { note: 'There is no action to take back.' };
  const why = whyNoUndo((await runtime.remediation.ledger.get(latest))?.action);
  if (why !== undefined) return { note: `Not taken back: ${why}.` };
  // What is put back made the control fail: it opens or weakens something, and a click names nobody.
  return {
    note: `Not taken back on a click: ${clicked.control} would fail again. An operator asks for it: ${undoCommand(latest)}`,
  };
};

const exemptForAWeek = async ({ row, control }: Clicked, runtime: Runtime): Promise<Response> => {
  const subject = { controlId: control, arn: row.arn ?? row.ref.id, id: row.ref.id };
  const { baseline } = runtimeAt(row.ref, runtime);
  const known = exemptionOn(row, baseline, subject, runtime.clock());
  // Clicks neither take the place of what somebody answers for nor add up to for ever.
  if (known) return { note: `Already ${exemptedText(known)}.` };
  const before = row.exemptions?.[control];
  if (before?.unconfirmed) {
    const add = runAs(
      `exemptions add ${row.ref.id} ${control} --owner <who> --reason <why> --expires <day>`,
    );
    return {
      note: `Not exempted: a click did so until ${before.expires.slice(0, 10)}, and nobody confirmed it. An operator asks for it: ${add}`,
    };
  }
  const until = new Date(runtime.clock().getTime() + exemptDays * 86_400_000).toISOString();
  const why = 'asked for in Security Hub, which does not say by whom';
  const granted = { owner: 'nobody yet', reason: why, expires: until, unconfirmed: true } as const;
  await exempt(keyOf(row), control, granted, runtime);
  return {
    note: `Exempt until ${until}, unless confirmed: ${runAs(`exemptions confirm ${row.ref.id} ${control} --owner <who>`)}`,
  };
};

const respond = async (
  click: Click,
  clicked: Clicked,
  runtime: RemediationRuntime,
): Promise<Response> => {
  if (click.action !== 'PlumblinePlan' && !runtime.baseline.securityHub?.actions)
    return { note: 'Refused: the baseline does not say securityHub: { actions: true }.' };
  switch (click.action) {
    case 'PlumblineFix':
      return fix(clicked, runtime);
    case 'PlumblinePlan':
      return showPlan(clicked, runtime);
    case 'PlumblineUndo':
      return undoLatest(clicked, runtime);
    case 'PlumblineExempt':
      return exemptForAWeek(clicked, runtime);
    default:
      return { note: `Plumbline knows no custom action ${click.action.slice(0, 60)}.` };
  }
};

/** Security Hub where the finding stands; at home for one that is no region's of ours. */
const hubAt = ({ finding }: Click, { place, hub }: Runtime) => {
  const where = whereOf(finding);
  const isThere = isGoverned(where, place) && isRemediated(where, place);
  return hub(isThere ? where : homeOf(place), 'workflow');
};

/**
 * Does what was clicked. Of the event only the finding's ProductArn and Id are used: the rest comes from the posture
 * table. What is refused is said in a note on the finding.
 */
export const answerClick = async (
  click: Click,
  runtime: RemediationRuntime,
): Promise<readonly RemediationRequest[]> => {
  const clicked = await rowOf(click, runtime);
  const response =
    'why' in clicked
      ? { note: `Refused: ${clicked.why}.` }
      : await respond(click, clicked, runtime);
  if ('ask' in response) return [response.ask];
  await noteFindings(await hubAt(click, runtime), [click.finding], response.note.slice(0, 512));
  return [];
};
