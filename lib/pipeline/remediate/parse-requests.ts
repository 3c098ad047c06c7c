import type { Delivered, Delivery } from '../../engine/remediation/delivery.ts';
import { isAsk } from '../../engine/remediation/request.ts';
import type { Taken } from '../runtime/batch.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { answerClick, clickIn } from './custom-action.ts';

/** What a message of the Remediations queue asks for: our own ask, or a custom action of Security Hub. */
export const parseRequests = async (
  body: unknown,
  runtime: Runtime,
  delivery?: Delivery,
): Promise<Taken<Delivered>> => {
  const delivered = delivery ? { delivery } : {};
  if (isAsk(body)) {
    const { id, ask, type, ref } = body;
    const waited = body.ask === 'remediate' && body.waited ? { waited: body.waited } : {};
    const ids = { action: id, ask, type, id: ref.id, ...waited };
    return { items: [{ ...body, ...delivered }], ids };
  }
  const click = clickIn(body);
  if (!click || !runtime.remedies) return { items: [], dropped: 'malformed', ids: {} };
  const asks = await answerClick(click, runtime, runtime.remedies);
  const items = asks.map((ask) => ({ ...ask, ...delivered }));
  return { items, ids: { customAction: click.action, finding: click.finding.Id } };
};
