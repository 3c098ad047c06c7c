import { timeFault } from '../../engine/changes/bounds.ts';
import { envelopeFault } from '../../engine/changes/envelope.ts';
import type { Provenance } from '../../engine/changes/sender.ts';
import { type DropReason, isHere } from '../../engine/changes/triggered.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import { isAsk, onlyAsked, type RemediationRequest } from '../../engine/remediation/request.ts';
import { record } from '../../support/untyped.ts';
import type { Heard, Taken } from '../runtime/batch.ts';
import { canRemediate, type Runtime } from '../runtime/runtime.ts';
import { answerClick, clickIn } from './custom-action.ts';

/**
 * Why an ask is not taken, if it is not. That a host has answered, and that something has waited, only our own roles
 * can know; whoever else may send here asks as a person does.
 */
const faultOf = (
  ask: RemediationRequest,
  { sender, now }: Provenance,
  { place }: Runtime,
): DropReason | undefined => {
  if (!isHere(ask.ref, place)) return 'foreign';
  const waited = ask.ask === 'remediate' ? ask.waited : undefined;
  if (sender.kind !== 'own' && (ask.ask === 'answer' || waited)) return 'stranger';
  return waited && timeFault(waited.since, now);
};

const dropped = (reason: DropReason): Taken<Delivered> => ({
  items: [],
  dropped: reason,
  ids: {},
});

/** What a message of the Remediations queue asks for: our own ask, or a custom action of Security Hub. */
export const parseRequests = async (
  body: unknown,
  runtime: Runtime,
  { provenance, delivery, isOurs }: Heard,
): Promise<Taken<Delivered>> => {
  if (isAsk(body)) {
    const fault = faultOf(body, provenance, runtime);
    if (fault !== undefined) return dropped(fault);
    const asked = onlyAsked(body);
    const { id, ask, type, ref } = asked;
    const waited = asked.ask === 'remediate' && asked.waited ? { waited: asked.waited } : {};
    const ids = { action: id, ask, type, id: ref.id, ...waited };
    return { items: [{ ...asked, delivery }], ids };
  }
  const click = clickIn(body);
  if (!click || !canRemediate(runtime)) return dropped('malformed');
  const { place } = runtime;
  const fault = envelopeFault(record(body), place, [place.region], provenance);
  if (fault !== undefined) return dropped(fault);
  if (!(await isOurs)) return { items: [], ids: {} };
  const asks = await answerClick(click, runtime);
  const items = asks.map((ask) => ({ ...ask, delivery }));
  return { items, ids: { customAction: click.action, finding: click.finding.Id } };
};
